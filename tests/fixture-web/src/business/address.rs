//! Addresses and the order each country writes them in.

/// A postal address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Street without the number.
    pub street: String,
    /// House number.
    pub number: String,
    /// Postal code.
    pub postcode: String,
    /// City in its own script.
    pub city: String,
    /// Region or state.
    pub region: String,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    pub(crate) form: AddressForm,
}

/// The order of the parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddressForm {
    /// `12 rue X`, `69001 Lyon`
    NumberStreet,
    /// `Kantstraße 12`, `10115 Berlin`
    StreetNumber,
    /// `12 High Street`, `Leeds LS1 4AB`
    British,
    /// `120 Oak Avenue`, `Austin, TX 78701`
    American,
    /// `Calle Mayor, 12`, `28013 Madrid`
    Spanish,
    /// `〒100-0001`, `東京都千代田区1-2-3`
    Japanese,
    /// `上海市南京路12号`, `200001`
    Chinese,
}

impl Address {
    /// The line with the street: `12 rue du Moulin`.
    pub fn street_line(&self) -> String {
        let (street, number) = (&self.street, &self.number);
        match self.form {
            AddressForm::NumberStreet | AddressForm::British | AddressForm::American => {
                format!("{number} {street}")
            }
            AddressForm::StreetNumber => format!("{street} {number}"),
            AddressForm::Spanish => format!("{street}, {number}"),
            AddressForm::Japanese => format!("{}{street}{number}", self.region),
            AddressForm::Chinese => format!("{}{street}{number}号", self.region),
        }
    }

    /// The line with the city: `69001 Lyon`.
    pub fn city_line(&self) -> String {
        let (postcode, city) = (&self.postcode, &self.city);
        match self.form {
            AddressForm::NumberStreet | AddressForm::StreetNumber | AddressForm::Spanish => {
                format!("{postcode} {city}")
            }
            AddressForm::British => format!("{city} {postcode}"),
            AddressForm::American => format!("{city}, {} {postcode}", self.region),
            AddressForm::Japanese => format!("〒{postcode}"),
            AddressForm::Chinese => format!("邮编 {postcode}"),
        }
    }

    /// Both lines in the order of the country.
    pub fn lines(&self) -> [String; 2] {
        match self.form {
            AddressForm::Japanese => [self.city_line(), self.street_line()],
            _ => [self.street_line(), self.city_line()],
        }
    }

    /// All in one line: `12 rue du Moulin, 69001 Lyon`.
    pub fn one_line(&self) -> String {
        match self.form {
            AddressForm::Japanese => self.lines().join(" "),
            _ => self.lines().join(", "),
        }
    }
}

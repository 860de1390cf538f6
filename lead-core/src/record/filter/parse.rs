//! The filter language.
//!
//! ```text
//! source:osm has:email city:"New York" rating>=4 seen>2026-01-01 phone:+33* text:"vegan bakery" -status:permanently_closed
//! (city:Lyon OR city:Bron) AND NOT has:website
//! near:48.85,2.35,5km text~"boulangrie morvalet"
//! bbox:2.2,48.8,2.5,48.9 -near:48.85,2.35,500m
//! is:hidden source:osm
//! ```
//!
//! Conditions beside each other must all hold; `OR` binds weaker than that, parentheses group, `NOT` and `-` negate. A word
//! alone searches the text; `text~` searches it for words that may have one slip. `near:` is a latitude, a longitude and a distance in
//! m, km or mi, `bbox:` west, south, east and north in degrees. Hidden leads pass only a filter that says `is:hidden` or `is:any` (`is:shown` are
//! the others). Texts are compared without case, `*` at either end stands for any rest; `*` alone is every lead.
//! A day is its midnight in UTC, but `seen:2026-01-31` is the whole day.

use std::fmt;
use std::str::FromStr;

use super::token::{Token, TokenKind, tokens};
use super::{Comparison, Field, FieldKind, Filter, Scalar, Visibility, folded, words};
use crate::clock::{Timestamp, instant};
use crate::{Error, Result};

/// How deep parentheses and negations may nest.
const MAX_DEPTH: usize = 100;

impl Filter {
    /// Reads a filter; an empty one passes every lead.
    ///
    /// ```
    /// use lead_core::record::filter::Filter;
    /// let filter = Filter::parse(r#"has:phone (city:Lyon OR city:"New York")"#)?;
    /// assert_eq!(filter.to_string(), r#"has:phone (city:"lyon" OR city:"new york")"#);
    /// let error = Filter::parse("citty:Lyon").unwrap_err().to_string();
    /// assert!(error.contains("position: 0") && error.contains("city"), "{error}");
    /// # Ok::<(), lead_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with the character it is about, from 0.
    pub fn parse(text: &str) -> Result<Self> {
        let tokens = tokens(text)?;
        let mut parser = Parser {
            tokens: &tokens,
            next: 0,
            depth: 0,
        };
        if tokens.is_empty() {
            return Ok(Self::All);
        }
        let filter = parser.any()?;
        match parser.peek() {
            None => Ok(filter),
            Some(token) => Err(refuse("there is no parenthesis to close here", token.at)),
        }
    }
}

fn refuse(why: impl Into<String>, at: usize) -> Error {
    Error::invalid("filter", why).with("position", at)
}

struct Parser<'a> {
    tokens: &'a [Token],
    next: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self, kind: &TokenKind) -> bool {
        let here = self.peek().is_some_and(|token| token.kind == *kind);
        self.next += usize::from(here);
        here
    }

    fn any(&mut self) -> Result<Filter> {
        let mut parts = vec![self.all()?];
        while self.take(&TokenKind::Or) {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Filter::Or))
    }

    fn all(&mut self) -> Result<Filter> {
        let mut parts = vec![self.one()?];
        loop {
            let said = self.take(&TokenKind::And);
            match self.peek().map(|token| &token.kind) {
                None | Some(TokenKind::Close | TokenKind::Or) if !said => break,
                _ => parts.push(self.one()?),
            }
        }
        Ok(one_or(parts, Filter::And))
    }

    fn one(&mut self) -> Result<Filter> {
        let Some(token) = self.peek().cloned() else {
            let end = self.tokens.last().map_or(0, |token| token.at);
            return Err(refuse("a condition is wanted after this", end));
        };
        self.next += 1;
        match token.kind {
            TokenKind::Not => {
                self.deeper(token.at)?;
                let part = self.one()?;
                self.depth -= 1;
                Ok(Filter::Not(Box::new(part)))
            }
            TokenKind::Open => {
                self.deeper(token.at)?;
                let inner = self.any()?;
                self.depth -= 1;
                if self.take(&TokenKind::Close) {
                    Ok(inner)
                } else {
                    Err(refuse("the parenthesis is never closed", token.at))
                }
            }
            TokenKind::Word(word) if word == "*" => Ok(Filter::All),
            TokenKind::Word(word) => text(&word, token.at),
            TokenKind::Term(name, operator, value) => term(&name, operator, &value, token.at),
            TokenKind::Close | TokenKind::And | TokenKind::Or => {
                Err(refuse("a condition is wanted here", token.at))
            }
        }
    }

    /// Each level costs stack, so there is an end to them.
    fn deeper(&mut self, at: usize) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            Err(refuse("at most 100 levels", at))
        } else {
            Ok(())
        }
    }
}

fn one_or(mut parts: Vec<Filter>, many: impl FnOnce(Vec<Filter>) -> Filter) -> Filter {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            many(parts)
        }
    }
}

fn text(value: &str, at: usize) -> Result<Filter> {
    let wanted: Vec<String> = words(value).collect();
    if wanted.is_empty() {
        Err(refuse("there is no word to search for", at))
    } else {
        Ok(Filter::Text(wanted))
    }
}

fn similar(text: Filter) -> Filter {
    match text {
        Filter::Text(words) => Filter::Alike(words),
        other => other,
    }
}

fn placed<T: FromStr<Err = Error>>(value: &str, at: usize) -> Result<T> {
    value.parse().map_err(|error: Error| error.with("position", at))
}

fn term(name: &str, operator: &str, value: &str, at: usize) -> Result<Filter> {
    let equal = matches!(operator, ":" | "=");
    match name {
        "has" if equal => return Ok(Filter::Has(field(value, at)?)),
        "text" if equal => return text(value, at),
        "text" if operator == "~" => return Ok(similar(text(value, at)?)),
        "near" if equal => return placed(value, at).map(Filter::Near),
        "bbox" if equal => return placed(value, at).map(Filter::Within),
        "is" if equal => return visibility(value, at).map(Filter::Is),
        "text" => return Err(refuse("text is followed by : or ~", at)),
        "has" | "near" | "bbox" | "is" => return Err(refuse(format!("{name} is followed by :"), at)),
        _ if operator == "~" => return Err(refuse("only text is followed by ~", at)),
        _ => {}
    }
    let field = field(name, at)?;
    let scalar = scalar(field, value, at)?;
    if let (true, Scalar::Time(start), true) = (equal || operator == "!=", &scalar, value.len() == DAY.len())
    {
        let day = whole_day(field, *start);
        return Ok(if equal { day } else { Filter::Not(Box::new(day)) });
    }
    let how = match operator {
        "<" => Comparison::Less,
        "<=" => Comparison::LessOrEqual,
        ">" => Comparison::Greater,
        ">=" => Comparison::GreaterOrEqual,
        _ => Comparison::Equal,
    };
    let condition = Filter::Compare(field, how, scalar);
    Ok(if operator == "!=" {
        Filter::Not(Box::new(condition))
    } else {
        condition
    })
}

fn visibility(value: &str, at: usize) -> Result<Visibility> {
    let wanted = folded(value);
    let known = Visibility::ALL.into_iter().find(|known| known.name() == wanted);
    known.ok_or_else(|| refuse("is: is followed by hidden, shown or any", at))
}

/// The form of a day.
const DAY: &str = "2026-01-31";

/// From this midnight to the next, in UTC, where every day has 24 hours.
fn whole_day(field: Field, start: Timestamp) -> Filter {
    let from = Filter::Compare(field, Comparison::GreaterOrEqual, Scalar::Time(start));
    match start.checked_add(std::time::Duration::from_hours(24)) {
        Ok(end) => Filter::And(vec![
            from,
            Filter::Compare(field, Comparison::Less, Scalar::Time(end)),
        ]),
        // The last day there is.
        Err(_) => from,
    }
}

fn field(name: &str, at: usize) -> Result<Field> {
    let unknown = || {
        let near = |field: &&Field| strsim::damerau_levenshtein(field.name(), name);
        let guess = Field::ALL
            .iter()
            .min_by_key(near)
            .filter(|field| near(field) <= 2);
        let hint = guess.map_or_else(String::new, |field| format!("; did you mean {field}?"));
        refuse(format!("there is no field {name:?}{hint}"), at)
    };
    // The name is the user's own word; nothing secret is in a filter's field.
    name.parse().map_err(|_: Error| unknown())
}

fn scalar(field: Field, value: &str, at: usize) -> Result<Scalar> {
    match field.kind() {
        FieldKind::Text if field == Field::Phone => Ok(Scalar::Text(folded(&dialled(value)))),
        FieldKind::Text => Ok(Scalar::Text(folded(value))),
        FieldKind::Number => match value.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Scalar::Number(number)),
            _ => Err(refuse(format!("{field} is compared with a number"), at)),
        },
        FieldKind::Time => {
            let told = || refuse(format!("{field} is compared with a day such as 2026-01-31"), at);
            instant(value).map(Scalar::Time).ok_or_else(told)
        }
    }
}

/// A number without the signs people group it by: stored numbers are in E.164 form.
fn dialled(value: &str) -> String {
    value
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '(' | ')' | '/'))
        .collect()
}

impl FromStr for Filter {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl fmt::Display for Filter {
    /// The filter language; reading it back gives the same filter.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::And(parts) if parts.is_empty() => f.write_str("*"),
            Self::Or(parts) if parts.is_empty() => f.write_str("NOT *"),
            Self::Text(words) | Self::Alike(words) if words.is_empty() => f.write_str("*"),
            Self::And(parts) => joined(f, parts, " "),
            Self::Or(parts) => joined(f, parts, " OR "),
            Self::Not(part) => {
                f.write_str("NOT ")?;
                nested(f, part)
            }
            Self::Has(field) => write!(f, "has:{field}"),
            Self::Compare(field, how, value) => {
                let operator = match how {
                    Comparison::Equal => ":",
                    Comparison::Less => "<",
                    Comparison::LessOrEqual => "<=",
                    Comparison::Greater => ">",
                    Comparison::GreaterOrEqual => ">=",
                };
                write!(f, "{field}{operator}")?;
                match value {
                    Scalar::Text(text) => {
                        write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
                    }
                    Scalar::Number(number) => write!(f, "{number}"),
                    Scalar::Time(time) => write!(f, "{time}"),
                }
            }
            Self::Text(words) => write!(f, "text:\"{}\"", words.join(" ")),
            Self::Alike(words) => write!(f, "text~\"{}\"", words.join(" ")),
            Self::Is(visibility) => write!(f, "is:{}", visibility.name()),
            Self::Near(circle) => write!(f, "near:{circle}"),
            Self::Within(area) => {
                let [west, south, east, north] = (*area).into();
                write!(f, "bbox:{west},{south},{east},{north}")
            }
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Filter], between: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        nested(f, part)?;
    }
    Ok(())
}

fn nested(f: &mut fmt::Formatter<'_>, part: &Filter) -> fmt::Result {
    match part {
        Filter::And(_) | Filter::Or(_) => write!(f, "({part})"),
        _ => write!(f, "{part}"),
    }
}

//! How often a password may be tried.

use std::net::IpAddr;
use std::time::Duration;

use data_encoding::HEXLOWER;

use super::{PasswordCheck, PasswordHash, Passwords};
use crate::limit::http::address_key;
use crate::seam::{Limiter, Policy};
use crate::service::digest::sha256;
use crate::service::{Problem, refused};

/// A quota: so many tries a window.
type Quota = (u32, Duration);

/// Checks passwords, so many for each account and so many from each address. Both are asked before anything is hashed; who is refused costs no work.
///
/// Accounts are told apart by hashes, so that a limiter that others read holds no names. Whoever tries many passwords on one account keeps its holder
/// out, too, for as long as the account's quota lasts: it should be short.
#[derive(Clone, Debug)]
pub struct LoginGuard {
    passwords: Passwords,
    limiter: Limiter,
    account: Quota,
    address: Quota,
}

/// Why a login is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoginRefusal {
    /// The password is wrong, or there is no such account: nobody is told which.
    Wrong,
    /// Too many tries; when to come back.
    Throttled(Duration),
    /// It cannot be checked now.
    Unavailable,
}

impl From<LoginRefusal> for Problem {
    fn from(refusal: LoginRefusal) -> Self {
        use http::StatusCode;
        match refusal {
            LoginRefusal::Wrong => Self::new(StatusCode::UNAUTHORIZED).code("LOGIN"),
            LoginRefusal::Throttled(wait) => Self::new(StatusCode::TOO_MANY_REQUESTS)
                .code("RATE_LIMITED")
                .retry_after(wait),
            LoginRefusal::Unavailable => Self::new(StatusCode::SERVICE_UNAVAILABLE),
        }
    }
}

impl LoginGuard {
    /// Ten tries in ten minutes for an account, a hundred an hour from an address.
    pub fn new(passwords: Passwords, limiter: Limiter) -> Self {
        Self {
            passwords,
            limiter,
            account: (10, Duration::from_mins(10)),
            address: (100, Duration::from_hours(1)),
        }
    }

    /// So many tries a window for an account.
    pub fn account(mut self, tries: u32, window: Duration) -> Self {
        self.account = (tries, window);
        self
    }

    /// So many tries a window from an address: an IPv4 address, or the /64 of an IPv6 address, which one subscriber has.
    pub fn address(mut self, tries: u32, window: Duration) -> Self {
        self.address = (tries, window);
        self
    }

    /// Checks a login: the account's name as it was typed, where it comes from, and the hash of the account, if there is one.
    ///
    /// [`PasswordCheck::Outdated`] asks for the password to be hashed anew; [`PasswordCheck::Wrong`] is never answered.
    ///
    /// # Errors
    /// Why it is not taken.
    pub async fn check(
        &self,
        account: &str,
        from: IpAddr,
        password: &str,
        kept: Option<&PasswordHash>,
    ) -> Result<PasswordCheck, LoginRefusal> {
        let checked = self.try_once(account, from, password, kept).await;
        checked.inspect_err(|refusal| {
            let reason = match refusal {
                LoginRefusal::Wrong => "wrong",
                LoginRefusal::Throttled(_) => "throttled",
                LoginRefusal::Unavailable => "unavailable",
            };
            refused::note("login", reason);
        })
    }

    async fn try_once(
        &self,
        account: &str,
        from: IpAddr,
        password: &str,
        kept: Option<&PasswordHash>,
    ) -> Result<PasswordCheck, LoginRefusal> {
        let policies = [
            Policy::new(account_key(account), self.account.0, self.account.1),
            Policy::new(
                format!("login:address:{}", address_key(from)),
                self.address.0,
                self.address.1,
            ),
        ];
        let decision = self.limiter.check(&policies).await;
        // A limiter that is away counts nothing: nobody tries then.
        let decision = decision.map_err(|_| LoginRefusal::Unavailable)?;
        if let Some(wait) = decision.retry_after {
            return Err(LoginRefusal::Throttled(wait));
        }
        let checked = self.passwords.check(password, kept).await;
        match checked.map_err(|_| LoginRefusal::Unavailable)? {
            PasswordCheck::Wrong => Err(LoginRefusal::Wrong),
            right => Ok(right),
        }
    }
}

/// Names that differ in case and outer spaces are one account's.
fn account_key(account: &str) -> String {
    let hash = sha256(account.trim().to_lowercase().as_bytes());
    format!("login:account:{}", HEXLOWER.encode(&hash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::PasswordCost;

    fn guard() -> LoginGuard {
        let passwords = Passwords::new(PasswordCost::new(8, 1, 1).unwrap(), 2).unwrap();
        LoginGuard::new(passwords, Limiter::memory())
            .account(2, Duration::from_mins(10))
            .address(4, Duration::from_hours(1))
    }

    fn at(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn tries_are_counted_for_accounts_known_or_not_and_for_addresses() {
        let guard = guard();
        let kept = guard.passwords.hash("right").await.unwrap();
        let home = at("192.0.2.1");
        let right = guard.check("ada", home, "right", Some(&kept)).await;
        assert_eq!(right, Ok(PasswordCheck::Right));
        let wrong = guard.check(" ADA", home, "wrong", Some(&kept)).await;
        assert_eq!(wrong, Err(LoginRefusal::Wrong));
        let third = guard.check("Ada ", at("192.0.2.2"), "right", Some(&kept)).await;
        assert!(matches!(third, Err(LoginRefusal::Throttled(_))), "{third:?}");

        let other = guard.check("bob", home, "x", None).await;
        assert_eq!(
            other,
            Err(LoginRefusal::Wrong),
            "an account that is not there looks the same"
        );
        assert_eq!(
            guard.check("eve", home, "x", None).await,
            Err(LoginRefusal::Wrong)
        );
        let fifth = guard.check("kim", at("::ffff:192.0.2.1"), "x", None).await;
        assert!(matches!(fifth, Err(LoginRefusal::Throttled(_))), "{fifth:?}");
    }

    #[test]
    fn addresses_of_one_subscriber_are_one() {
        assert_eq!(
            address_key(at("2001:db8::1")),
            address_key(at("2001:db8::ffff:2"))
        );
        assert_ne!(address_key(at("2001:db8::1")), address_key(at("2001:db8:0:1::1")));
        assert!(!account_key("ada@firm.example").contains("ada"));
    }

    /// Guards what a stranger learns: no account and a wrong password look alike.
    #[test]
    fn nobody_is_told_which_it_was() {
        let problem = Problem::from(LoginRefusal::Wrong);
        assert_eq!(problem.status(), 401);
        assert_eq!(
            Problem::from(LoginRefusal::Throttled(Duration::from_secs(1))).status(),
            429
        );
    }
}

//! The id that a tenant hands to a partner: random, so that nobody can count or guess it.

/// A tenant's public id in the form that is kept, like `K7Q2M-9XV4T`. That a text has this form
/// says nothing of whether a tenant has that id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicId(String);

/// A text that can't be a public id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a public id has ten letters and digits, like K7Q2M-9XV4T")]
pub struct PublicIdRefused;

impl PublicId {
    /// Reads what somebody typed or pasted: in any case, with or without the hyphen, and with the
    /// letters that look like digits.
    ///
    /// # Errors
    /// [`PublicIdRefused`].
    pub fn parse(typed: &str) -> Result<Self, PublicIdRefused> {
        let mut id = String::new();
        for c in typed.trim().chars().filter(|c| *c != '-') {
            if id.len() == 5 {
                id.push('-');
            }
            id.push(match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c if c.is_ascii_alphanumeric() && c != 'U' => c,
                _ => return Err(PublicIdRefused),
            });
        }
        let fits = id.len() == 11 && !id.starts_with('0');
        fits.then_some(Self(id)).ok_or(PublicIdRefused)
    }

    /// The form that is kept and shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_however_it_was_typed() {
        for typed in ["K1Q2M-0XV4T", "k1q2m0xv4t", " KIQ2M-OXV4T ", "klq2m-oxv4t"] {
            let id = PublicId::parse(typed).unwrap();
            assert_eq!(id.as_str(), "K1Q2M-0XV4T", "{typed}");
        }
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for typed in [
            "",
            "K1Q2M",
            "K1Q2M-0XV4",
            "K1Q2M-0XV4TT",
            "01Q2M-0XV4T",
            "U1Q2M-0XV4T",
            "K1Q2M 0XV4T",
            "K1Q2M-0XV4É",
            "marie@hautmont.example",
        ] {
            assert_eq!(PublicId::parse(typed), Err(PublicIdRefused), "{typed:?}");
        }
    }
}

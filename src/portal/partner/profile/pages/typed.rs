//! The form of a profile as it was typed, and what it means.

use crate::{
    domain::{
        country::Country,
        directory::{
            Description, Help, Keyword, MOST_KEYWORDS, MOST_PLACES, Place, ProfileRefused, Size,
        },
        email::Email,
        profile::{Part, Profile},
        spoken::Spoken,
    },
    error::Error,
    web::form::{Mistakes, fields},
};

/// What anybody could have typed into one field, in bytes; more is no form of ours.
const LONGEST: usize = 8 * 1024;
/// The fields that are boxes or rows.
const MANY: [&str; 5] = ["help", "size", "language", "country", "city"];

/// What is to be done with the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    /// Save it.
    #[default]
    Save,
    /// Save and publish it.
    Publish,
    /// Show it again with what customers would see.
    Preview,
    /// Show it again with room for one place more.
    More,
}

impl Step {
    /// Whether anything is to be kept.
    #[must_use]
    pub const fn keeps(self) -> bool {
        matches!(self, Self::Save | Self::Publish)
    }

    /// The mistakes that are told: none while somebody is still looking.
    #[must_use]
    pub fn told(self, mistakes: Mistakes) -> Mistakes {
        if self.keeps() {
            mistakes
        } else {
            Mistakes::none()
        }
    }
}

/// What was typed and ticked, to be shown again.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// What the partner does.
    pub description: String,
    /// Kinds of help.
    pub help: Vec<String>,
    /// Sizes served.
    pub sizes: Vec<String>,
    /// Country and city of each place, also of rows that were left empty.
    pub places: Vec<(String, String)>,
    /// Languages spoken.
    pub languages: Vec<String>,
    /// Keywords, with commas between.
    pub keywords: String,
    /// Where requests go.
    pub contact: String,
    /// What is to be done.
    pub step: Step,
}

impl Typed {
    /// The form of a profile that is kept.
    #[must_use]
    pub fn of(profile: &Profile) -> Self {
        let place = |place: &Place| (place.country.as_str().to_owned(), place.city().to_owned());
        let text = profile.description.as_ref().map(Description::as_str);
        let contact = profile.contact.as_ref().map(Email::as_str);
        let keywords: Vec<&str> = profile.keywords.iter().map(Keyword::as_str).collect();
        Self {
            description: text.unwrap_or_default().to_owned(),
            help: profile.help.iter().map(ToString::to_string).collect(),
            sizes: profile.sizes.iter().map(ToString::to_string).collect(),
            places: profile.places.iter().map(place).collect(),
            languages: profile.languages.iter().map(ToString::to_string).collect(),
            keywords: keywords.join(", "),
            contact: contact.unwrap_or_default().to_owned(),
            step: Step::Save,
        }
    }

    /// Reads the fields of the form. Only boxes and places come more than once.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for fields that the form doesn't have, or that come twice.
    pub fn read(all: Vec<(String, String)>) -> Result<Self, Error> {
        let mut typed = Self::default();
        let (mut countries, mut cities) = (Vec::new(), Vec::new());
        fields(all, (&MANY, LONGEST), |name, value| {
            match name {
                "help" => typed.help.push(value),
                "size" => typed.sizes.push(value),
                "language" => typed.languages.push(value),
                "country" => countries.push(value),
                "city" => cities.push(value),
                "description" => typed.description = value,
                "keywords" => typed.keywords = value,
                "contact" => typed.contact = value,
                "step" => match step(&value) {
                    Some(step) => typed.step = step,
                    None => return false,
                },
                _ => return false,
            }
            true
        })?;
        if countries.len() != cities.len() || countries.len() > MOST_PLACES {
            return Err(Error::BadRequest);
        }
        typed.places = countries.into_iter().zip(cities).collect();
        Ok(typed)
    }

    /// What the form means as far as it can be read, and what is wrong with the rest.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a choice that the form doesn't offer.
    pub fn meant(&self) -> Result<(Profile, Mistakes), Error> {
        let mut mistakes = Mistakes::none();
        let description = Description::parse(&self.description).unwrap_or_else(|refused| {
            mistakes.add("description", key("description", refused));
            None
        });
        let help = chosen(&self.help, Help::parse)?;
        let sizes = chosen(&self.sizes, Size::parse)?;
        let places = self.places(&mut mistakes)?;
        let languages = chosen(&self.languages, Spoken::parse)?;
        let keywords = self.keywords(&mut mistakes);
        let contact = match self.contact.trim() {
            "" => None,
            typed => Email::parse(typed)
                .map_err(|_| mistakes.add("contact", "profile-contact-wrong"))
                .ok(),
        };
        let profile = Profile {
            description,
            help,
            sizes,
            places,
            languages,
            keywords,
            contact,
        };
        Ok((profile.tidy(), mistakes))
    }

    fn places(&self, mistakes: &mut Mistakes) -> Result<Vec<Place>, Error> {
        let mut places = Vec::new();
        for (code, city) in &self.places {
            match (code.as_str(), city.trim()) {
                ("", "") => {}
                ("", _) | (_, "") => mistakes.add("places", "profile-places-half"),
                (code, city) => {
                    let country = Country::parse(code).map_err(|_| Error::BadRequest)?;
                    match Place::parse(country, city) {
                        Ok(place) => places.extend(place),
                        Err(refused) => mistakes.add("places", key("places", refused)),
                    }
                }
            }
        }
        Ok(places)
    }

    fn keywords(&self, mistakes: &mut Mistakes) -> Vec<Keyword> {
        let mut keywords = Vec::new();
        for typed in self.keywords.split([',', ';', '\n']) {
            match Keyword::parse(typed) {
                Ok(keyword) => keywords.extend(keyword),
                Err(refused) => mistakes.add("keywords", key("keywords", refused)),
            }
        }
        if keywords.len() > MOST_KEYWORDS {
            mistakes.add("keywords", "profile-keywords-many");
        }
        keywords
    }
}

fn step(word: &str) -> Option<Step> {
    match word {
        "save" => Some(Step::Save),
        "publish" => Some(Step::Publish),
        "preview" => Some(Step::Preview),
        "more" => Some(Step::More),
        _ => None,
    }
}

fn chosen<T>(values: &[String], parse: fn(&str) -> Option<T>) -> Result<Vec<T>, Error> {
    let values = values.iter().map(|value| parse(value));
    values.collect::<Option<_>>().ok_or(Error::BadRequest)
}

fn key(field: &str, refused: ProfileRefused) -> String {
    let why = match refused {
        ProfileRefused::TooLong => "long",
        ProfileRefused::Unseen => "unseen",
        ProfileRefused::Address => "address",
    };
    format!("profile-{field}-{why}")
}

/// What is missing before customers may read the profile, field by field.
#[must_use]
pub fn missing(parts: &[Part]) -> Mistakes {
    let mut mistakes = Mistakes::none();
    for part in parts {
        mistakes.add(part.as_str(), format!("profile-missing-{part}"));
    }
    mistakes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Result<Typed, Error> {
        let fields = fields.iter();
        Typed::read(
            fields
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn what_the_form_does_not_have_is_malformed() {
        for fields in [
            &[("name", "Fjord")][..],
            &[("description", "a"), ("description", "b")],
            &[("country", "FR")],
            &[("step", "delete")],
            &[("contact", &"x".repeat(LONGEST + 1))],
            &[("country", "FR"), ("city", "x")].repeat(11),
        ] {
            assert!(matches!(read(fields), Err(Error::BadRequest)), "{fields:?}");
        }
        for fields in [
            [("size", "huge"), ("help", "sells")],
            [("country", "fr"), ("city", "Lille")],
            [("language", "xx"), ("help", "sells")],
        ] {
            let typed = read(&fields).unwrap();
            assert!(
                matches!(typed.meant(), Err(Error::BadRequest)),
                "{fields:?}"
            );
        }
    }

    #[test]
    fn rows_left_empty_mean_nothing_and_half_rows_are_mistakes() {
        let typed = read(&[
            ("country", "FR"),
            ("city", "Lille"),
            ("country", ""),
            ("city", " "),
            ("keywords", "Schools, schools; Migration,,"),
            ("contact", " "),
        ])
        .unwrap();
        let (profile, mistakes) = typed.meant().unwrap();
        assert!(mistakes.is_empty(), "{mistakes:?}");
        assert_eq!((profile.places.len(), profile.keywords.len()), (1, 2));
        let again = Typed::of(&profile);
        assert_eq!(again.keywords, "Schools, Migration");
        let half = read(&[("country", "FR"), ("city", "")]).unwrap();
        let (_, mistakes) = half.meant().unwrap();
        assert_eq!(mistakes.at("places"), Some("profile-places-half"));
    }
}

//! Languages that partners speak with customers.

super::words! {
    /// A language, by its ISO 639-1 code. Pages are written in fewer of them: see
    /// [`Language`](super::Language).
    Spoken {
        /// Arabic.
        Arabic = "ar",
        /// Bulgarian.
        Bulgarian = "bg",
        /// Catalan.
        Catalan = "ca",
        /// Czech.
        Czech = "cs",
        /// Danish.
        Danish = "da",
        /// German.
        German = "de",
        /// Greek.
        Greek = "el",
        /// English.
        English = "en",
        /// Spanish.
        Spanish = "es",
        /// Estonian.
        Estonian = "et",
        /// Finnish.
        Finnish = "fi",
        /// French.
        French = "fr",
        /// Irish.
        Irish = "ga",
        /// Hebrew.
        Hebrew = "he",
        /// Hindi.
        Hindi = "hi",
        /// Croatian.
        Croatian = "hr",
        /// Hungarian.
        Hungarian = "hu",
        /// Icelandic.
        Icelandic = "is",
        /// Italian.
        Italian = "it",
        /// Japanese.
        Japanese = "ja",
        /// Lithuanian.
        Lithuanian = "lt",
        /// Luxembourgish.
        Luxembourgish = "lb",
        /// Latvian.
        Latvian = "lv",
        /// Dutch.
        Dutch = "nl",
        /// Norwegian.
        Norwegian = "no",
        /// Polish.
        Polish = "pl",
        /// Portuguese.
        Portuguese = "pt",
        /// Romanian.
        Romanian = "ro",
        /// Slovak.
        Slovak = "sk",
        /// Slovenian.
        Slovenian = "sl",
        /// Swedish.
        Swedish = "sv",
        /// Turkish.
        Turkish = "tr",
        /// Ukrainian.
        Ukrainian = "uk",
        /// Chinese.
        Chinese = "zh",
    }
}

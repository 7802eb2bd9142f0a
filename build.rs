//! Prepares what is embedded: assets under names that hold their hash, compressed once; and the
//! files of words.

#![expect(
    clippy::unnecessary_debug_formatting,
    reason = "the paths are written as string literals of generated code"
)]

use std::{
    env,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use sha2::{Digest, Sha256};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for folder in ["static", "locales", "migrations", "templates"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("assets.rs"), assets(&out)?)?;
    fs::write(out.join("locales.rs"), locales()?)?;
    if loads_packed_addresses() {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    Ok(())
}

/// Whether the addresses that are filled in when the program starts can be packed, which saves two
/// megabytes of it and of its memory. The C library does that from 2.36 on: it is asked here, so that
/// a program that was built on an older system runs there.
fn loads_packed_addresses() -> bool {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let gnu = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    let here = env::var("HOST").is_ok_and(|host| is("TARGET", &host));
    gnu && here && c_library().is_some_and(|version| version >= (2, 36))
}

/// The version of this system's C library, where it says so.
fn c_library() -> Option<(u32, u32)> {
    let asked = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let said = String::from_utf8(asked.ok()?.stdout).ok()?;
    let (major, minor) = said.trim().strip_prefix("glibc ")?.split_once('.')?;
    let minor = minor.split('.').next()?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// Copies each asset under its hashed name, beside its compressed forms. The style sheet names the
/// font by its hashed name too.
fn assets(out: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let mut code = String::from("/// Every embedded file.\npub static ASSETS: &[Asset] = &[\n");
    let mut names = String::new();
    let font = fs::read("static/fonts/inter-latin-opsz.woff2")?;
    let font_name = hashed("inter-latin-opsz.woff2", &font);
    let style =
        fs::read_to_string("static/app.css")?.replace("fonts/inter-latin-opsz.woff2", &font_name);
    let files = [
        (
            "APP_CSS",
            "app.css",
            style.into_bytes(),
            "text/css; charset=utf-8",
        ),
        (
            "APP_JS",
            "app.js",
            fs::read("static/app.js")?,
            "text/javascript; charset=utf-8",
        ),
        ("FONT", "inter-latin-opsz.woff2", font, "font/woff2"),
        (
            "MARK",
            "mark.svg",
            fs::read("static/mark.svg")?,
            "image/svg+xml",
        ),
    ];
    for (constant, name, bytes, media_type) in files {
        let name = hashed(name, &bytes);
        let path = out.join(&name);
        fs::write(&path, &bytes)?;
        let packed = !media_type.starts_with("font");
        let mut encoded = [String::from("None"), String::from("None")];
        if packed {
            let mut br = Vec::new();
            brotli::CompressorWriter::new(&mut br, 4096, 11, 22).write_all(&bytes)?;
            let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            gz.write_all(&bytes)?;
            for (slot, (ending, body)) in encoded.iter_mut().zip([("br", br), ("gz", gz.finish()?)])
            {
                let path = out.join(format!("{name}.{ending}"));
                fs::write(&path, body)?;
                *slot = format!("Some(include_bytes!({path:?}))");
            }
        }
        let [br, gz] = encoded;
        writeln!(
            code,
            "    Asset {{ name: {name:?}, media_type: {media_type:?}, plain: include_bytes!({path:?}), br: {br}, gz: {gz} }},"
        )?;
        writeln!(
            names,
            "/// Where `{constant}` is served.\npub const {constant}: &str = \"/static/{name}\";"
        )?;
    }
    code.push_str("];\n");
    Ok(code + &names)
}

fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = hex::encode(Sha256::digest(bytes));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}.{}.{ending}", hash.get(..12).unwrap_or_default())
}

/// Lists the files of words by language.
fn locales() -> Result<String, Box<dyn std::error::Error>> {
    let mut code = String::new();
    for (constant, language) in [("EN", "en"), ("FR", "fr")] {
        let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?)
            .join("locales")
            .join(language);
        let mut files: Vec<_> = fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?;
        files.sort_by_key(fs::DirEntry::file_name);
        writeln!(code, "static {constant}: &[(&str, &str)] = &[")?;
        for file in files {
            let name = file.file_name().to_string_lossy().into_owned();
            writeln!(code, "    ({name:?}, include_str!({:?})),", file.path())?;
        }
        writeln!(code, "];")?;
    }
    Ok(code)
}

//! An exported log.

use std::{
    fs::{self, File},
    io::BufReader,
    path::Path,
};

use serde_json::json;

use super::{Failure, Told, key_words, line, unreadable};
use crate::{
    evidence::{
        checkpoint,
        exported_log::{Check, Proved, Signed},
    },
    signing::PublicKey,
};

/// Checks a log, with a checkpoint where one is given: what it proved, or why it doesn't.
pub(super) fn check(
    path: &Path,
    checkpoint: Option<&Path>,
    trusted: &[PublicKey],
) -> Result<Result<Told, String>, Failure> {
    let mut signed = None;
    if let Some(path) = checkpoint {
        let text = fs::read_to_string(path).map_err(unreadable(path))?;
        match checkpoint::opened(&text, trusted) {
            Ok((heads, key)) => signed = Some((path.display().to_string(), heads, key)),
            Err(flaw) => return Ok(Err(format!("{}: {flaw}", path.display()))),
        }
    }
    let mut checking = Check::new(signed.as_ref().map(|(_, heads, _)| heads.clone()));
    let file = File::open(path).map_err(unreadable(path))?;
    let mut file = BufReader::new(file);
    while let Some(next) = line(&mut file).map_err(unreadable(path))? {
        let checked = match String::from_utf8(next) {
            Ok(line) => checking.line(&line).map_err(|wrong| wrong.to_string()),
            Err(_) => Err("it isn't UTF-8".to_owned()),
        };
        if let Err(wrong) = checked {
            return Ok(Err(wrong));
        }
    }
    let proved = match checking.ends() {
        Ok(proved) => proved,
        Err(wrong) => return Ok(Err(wrong.to_string())),
    };
    let known = !trusted.is_empty();
    let signed = signed.map(|(file, _, key)| (file, key));
    let json = json!({
        "ok": true,
        "log": proved,
        "key": signed.as_ref().map(|(_, key)| key.hex()),
        "key_sha256": signed.as_ref().map(|(_, key)| key.fingerprint()),
        "key_known": signed.is_some() && known,
    });
    let words = words(&proved, signed.as_ref(), known);
    Ok(Ok(Told { json, words }))
}

fn words(proved: &Proved, signed: Option<&(String, PublicKey)>, known: bool) -> String {
    let Proved {
        chain,
        first,
        last,
        hash,
        entries,
        gaps,
        personal,
        erased,
        ..
    } = proved;
    let whole = match gaps {
        0 => "without gaps".to_owned(),
        1 => "with others left out at 1 place".to_owned(),
        many => format!("with others left out at {many} places"),
    };
    let proof = match (signed, &proved.signed) {
        (Some((file, key)), Some(signed)) => proof(proved, signed, (file, &key_words(key, known))),
        _ => "WHO WROTE IT IS NOT CHECKED: an export bears no signature, and anybody can write a file \
              that fits\n  itself. Compare it with a checkpoint of the installation: --checkpoint FILE \
              --key FILE"
            .to_owned(),
    };
    format!(
        "Valid: {entries} entries of log {chain}, from {first} to {last}, {whole}.\n\n  \
         ends with   {hash}\n  personal    {personal} pieces as they were committed to, {erased} of \
         them erased\n\n{proof}"
    )
}

/// What a checkpoint proves of it, and what it doesn't.
fn proof(proved: &Proved, signed: &Signed, (file, key): (&str, &str)) -> String {
    let Signed { name, first, last } = signed;
    let mut not = Vec::new();
    if *first > proved.first {
        not.push(format!(
            "- anything of the entries before {first}: others are left out after them, and nothing links \
             them;"
        ));
    } else if *first > 1 {
        not.push(format!(
            "- what happened before entry {first}, or that nothing did;"
        ));
    }
    if *last < proved.last {
        not.push(format!(
            "- anything of the entries after {last}: they are newer than the checkpoint;"
        ));
    } else {
        not.push(format!(
            "- what happened after entry {last}, or that nothing did;"
        ));
    }
    format!(
        "Compared with {file}, in which the log is called {name}.\n  {key}\n\n\
         It proves, as far as that key is trusted:\n\
         - entries {first} to {last} are those that the log had when the checkpoint was written: none was \
         changed,\n  taken out or put in since;\n\
         - the personal data beside them are those that they commit to.\n\n\
         It doesn't prove:\n{}\n\
         - that what was written at the time was true: the installation says so.",
        not.join("\n")
    )
}

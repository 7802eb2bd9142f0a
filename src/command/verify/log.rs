//! An exported log.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader},
    path::Path,
};

use serde_json::json;

use super::{Failure, Told, key_words, unreadable};
use crate::{
    evidence::{
        checkpoint,
        exported_log::{Check, Proved},
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
    for line in BufReader::new(file).split(b'\n') {
        let line = String::from_utf8(line.map_err(unreadable(path))?);
        let checked = match line {
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
    let compared = match (signed, proved.checkpoint) {
        (Some((file, key)), Some(number)) => format!(
            "{file}\n  has entry {number} just so: up to there nothing was changed since it was \
             written.\n  {}",
            key_words(key, known)
        ),
        _ => "WHO WROTE IT IS NOT CHECKED: an export bears no signature. Compare it with a \
              checkpoint of\n  the installation: --checkpoint FILE --key FILE"
            .to_owned(),
    };
    let left_out = if *gaps == 0 {
        ""
    } else {
        "\n- that nothing else happened: entries are left out;"
    };
    format!(
        "Valid: {entries} entries of log {chain}, from {first} to {last}, {whole}.\n\n  \
         ends with   {hash}\n  personal    {personal} pieces as they were committed to, {erased} of \
         them erased\n\n\
         {compared}\n\n\
         It proves, as far as that key is trusted:\n\
         - each entry is, byte for byte, the one that was hashed, and follows the one before it;\n\
         - the personal data are those that the entries commit to.\n\n\
         It doesn't prove:{left_out}\n\
         - what happened after entry {last}, or that nothing did."
    )
}

//! How long a letter takes from a command to bytes: the demo's nurse, with PDF/A-3, PDF/UA-1 and its attachment.

use std::time::Instant;

use app::desk::{Answer, Desk as _};
use serde_json::{Value, json};

use super::{
    database,
    firm::{ABOVE_BAND, Firm},
    said,
};
use crate::cli::CommandFault;

/// Milliseconds of each letter after the first.
pub(super) async fn times(letters: usize) -> Result<Value, CommandFault> {
    let folder = std::env::temp_dir().join(format!("countersign-letters-{}", std::process::id()));
    let firm = Firm::found(&database(&folder, None), &folder).await?;
    let (opening, recruiter) = firm.opening().await?;
    let offer = firm.drafted(&opening, &recruiter, 0).await?;
    firm.submitted(&offer, &recruiter, &ABOVE_BAND).await?;
    firm.plan(&offer).await?;
    let accept_by = (format!("{}T17:00", firm.port.house.now().plus_seconds(5 * 24 * 3600).day()), "America/Chicago".to_owned());
    let shown = firm.port.letter(&recruiter, &offer, Some(accept_by)).await;
    let Answer::Done(page) = shown else { return Err(said(format!("no letter: {:?}", shown.notice()))) };
    let letter = page.letter.map_err(|lacks| said(format!("the letter lacks {lacks:?}")))?;
    let mut milliseconds = Vec::with_capacity(letters);
    for _ in 0..=letters {
        let begun = Instant::now();
        let bytes = firm.port.house.press.print(letter.clone(), "{}".to_owned()).await.map_err(|fault| said(format!("{fault:?}")))?;
        if !bytes.starts_with(b"%PDF") {
            return Err(said("a letter is no PDF"));
        }
        milliseconds.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    milliseconds.remove(0);
    // what was measured with is of no use to anybody
    let _ = std::fs::remove_dir_all(&folder);
    Ok(json!({ "milliseconds": milliseconds }))
}

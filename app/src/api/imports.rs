//! Applying files that were looked at. The files themselves come by a route of their own: they are no text.

use super::form::{answered, form, path_part};
use crate::desk::{Answer, Applied};
use crate::viewer::{browser, desk, viewer};

form!(
    /// Does with kept files what was shown; otherwise shows what they would do now.
    apply_imports at "imports/apply" (look, proof);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.apply_imports(&viewer(), &browser(), &look, &proof).await,
            None => Answer::Unavailable,
        };
        let page = format!("/admin/imports?look={}", path_part(&look));
        let next = |applied: &Applied| match applied {
            Applied::Done(id) => format!("/admin/imports?done={}", path_part(id)),
            Applied::Otherwise => format!("{page}&came=otherwise"),
        };
        answered(answer, sent, &page, next).await
    }
);

//! How many jobs there are, again and again.

use std::time::Duration;

use lead_core::seam::Queue;
use serde_json::json;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;

const EVERY: Duration = Duration::from_secs(1);

pub(super) async fn run(app: &mut App, queue: &Queue, json: bool) -> Outcome<Exit> {
    let mut last = None;
    loop {
        let now = queue.depth().await?;
        // What has not changed is not said again.
        if last.replace(now) != Some(now) {
            let (waiting, running, dead) = now;
            if json {
                app.json(
                    &json!({"waiting": waiting, "running": running, "dead": dead}),
                    false,
                )?;
            } else {
                app.line(&format!("{waiting} wait, {running} run, {dead} given up"))?;
            }
            app.flush()?;
        }
        tokio::time::sleep(EVERY).await;
    }
}

//! Servers that are killed, with and without the process that writes.

use std::time::Duration;

use lead_core::record::filter::Filter;
use sqlx::Connection as _;

use crate::server::own::OwnServer;
use crate::{BATCH, run, writer};

/// What is there: whole batches, each once, and all that the writer was told of.
async fn hold_against(uri: &str, told: u64) {
    let store = lead_storage::open(uri).await.unwrap();
    store.erase(Vec::new()).await.unwrap();
    let checkpoint = store.checkpoint(run()).await.unwrap();
    let done = checkpoint.map_or(0, |checkpoint| checkpoint["done"].as_u64().unwrap());
    assert!(
        done >= told,
        "{done} batches are there, the writer was told of {told}"
    );
    assert_eq!(store.count(Filter::All).await.unwrap(), done * BATCH);
    let queue = lead_storage::open_queue(uri).await.unwrap();
    assert_eq!(
        queue.depth().await.unwrap(),
        (usize::try_from(done).unwrap(), 0, 0)
    );
    let mut conn = sqlx::PgConnection::connect(uri).await.unwrap();
    let sightings: i64 = sqlx::query_scalar("SELECT count(*) FROM lead.observations")
        .fetch_one(&mut conn)
        .await
        .unwrap();
    assert_eq!(u64::try_from(sightings).unwrap(), done * BATCH);
    store.close().await;
}

/// Kills the writer, the server, or both, in turn.
async fn killed_in_turn(kills: u64) {
    let Some(mut server) = OwnServer::start().await else {
        return;
    };
    let uri = server.uri();
    let (mut child, mut lines) = writer(&uri, true);
    let mut told = 0;
    for kill in 0..kills {
        for _ in 0..=kill % 5 {
            let line = lines.next_line().await.unwrap().unwrap();
            told = line
                .strip_prefix("committed ")
                .map_or(told, |number| number.parse().unwrap());
        }
        tokio::time::sleep(Duration::from_micros(kill * 700 % 20_000)).await;
        let (of_writer, of_server) = ([true, false, true][(kill % 3) as usize], kill % 3 > 0);
        if of_server {
            server.kill().await;
        }
        if of_writer {
            child.kill().await.unwrap();
            // What it was still told before.
            while let Some(line) = lines.next_line().await.unwrap() {
                told = line
                    .strip_prefix("committed ")
                    .map_or(told, |number| number.parse().unwrap());
            }
        }
        if of_server {
            server.restart().await;
        }
        if of_writer {
            hold_against(&uri, told).await;
            (child, lines) = writer(&uri, true);
        }
    }
    child.kill().await.unwrap();
    hold_against(&uri, told).await;
    server.kill().await;
    println!("{kills} kills of writer, server or both: {told} batches acknowledged, none lost, none twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_loses_nothing_it_acknowledged() {
    killed_in_turn(9).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: started by scripts/test --soak"]
async fn soak_kills_of_server_and_writer() {
    killed_in_turn(200).await;
}

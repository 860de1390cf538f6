//! Limits in a Redis.

use std::sync::Arc;

use lead_core::clock::Clock;
use lead_core::seam::{Decision, Limit, Policy, PolicyState};
use lead_core::telemetry::LIMIT_AWAY;
use lead_core::{Error, ErrorKind, Result};
use redis::Script;
use uuid::Uuid;

use super::config::{RedisConfig, WhenAway};
use super::line::Line;
use crate::model::limit::{Asked, LIMIT, Row, now};

/// Names what is derived from a policy.
const NAMES: Uuid = Uuid::from_u128(0x6c65_6164_7264_4f72_8167_6c69_6d69_7431);

/// Limits in a Redis: one call of a script a check, by the server's clock.
#[derive(Clone, Debug)]
pub struct RedisLimiter {
    line: Arc<Line>,
    script: Arc<Script>,
    clock: Option<Clock>,
}

impl RedisLimiter {
    /// Limits in that Redis, which is connected to with the first check.
    pub fn new(config: RedisConfig) -> Self {
        Self {
            line: Arc::new(Line::new(config)),
            script: Arc::new(Script::new(include_str!("check.lua"))),
            clock: None,
        }
    }

    /// Goes by `clock`, not by the server's. Redis forgets keys by its own all the same.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// How far ahead each row was.
    async fn ask(&self, rows: &[Row]) -> Result<Vec<i64>> {
        let mut call = self.script.prepare_invoke();
        for row in rows {
            call.key(format!("{{{}}}:limit:{}", self.line.config().prefix, id(row)));
        }
        match self.clock.as_ref().map(now) {
            None => call.arg("").arg(""),
            Some(now) => call
                .arg(now.div_euclid(1_000_000_000))
                .arg(now.rem_euclid(1_000_000_000)),
        };
        for row in rows {
            call.arg(row.tolerance).arg(row.charge).arg(row.room);
        }
        let call = &call;
        let ask = |mut conn| async move { call.invoke_async::<Vec<i64>>(&mut conn).await };
        let before = self.line.call(ask).await?;
        if before.len() == rows.len() {
            Ok(before)
        } else {
            Err(Error::new(
                ErrorKind::Corrupt,
                LIMIT,
                "Redis answered a check with something else",
            ))
        }
    }

    /// What a check comes to whose answer is an error.
    fn without(&self, policies: &[Policy], error: Error) -> Result<Decision> {
        if !matches!(error.kind(), ErrorKind::Network | ErrorKind::Timeout) {
            return Err(error);
        }
        LIMIT_AWAY.add(1, &[]);
        let states = |left: fn(&Policy) -> u32| {
            let state = move |policy| PolicyState::new(left(policy), std::time::Duration::ZERO);
            policies.iter().map(state)
        };
        match self.line.config().when_away {
            WhenAway::Fail => Err(error),
            WhenAway::Allow => Ok(Decision::new(states(|policy| policy.burst), None)),
            WhenAway::Refuse(wait) => Ok(Decision::new(states(|_| 0), Some(wait))),
        }
    }
}

fn id(row: &Row) -> Uuid {
    Uuid::new_v5(
        &NAMES,
        format!("{}\0{}\0{}", row.quota, row.window, row.key).as_bytes(),
    )
}

impl Limit for RedisLimiter {
    async fn check(&self, policies: &[Policy]) -> Result<Decision> {
        let asked = Asked::of(policies)?;
        if asked.rows.is_empty() {
            return Ok(asked.decide(&[]));
        }
        match self.ask(&asked.rows).await {
            Ok(before) => Ok(asked.decide(&before)),
            Err(error) => self.without(policies, error),
        }
    }
}

//! Scripts of ours, run in a world of their own: they see the document, and the page's scripts do not see them.

use std::time::Duration;

use chromiumoxide_cdp::cdp::browser_protocol::page::CreateIsolatedWorldParams;
use chromiumoxide_cdp::cdp::js_protocol::runtime::{
    CallFunctionOnParams, EvaluateParams, ExecutionContextId, RemoteObjectId,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::browser::protocol::Session;
use crate::{Error, ErrorKind, Result};

const WORLD: &str = "lead";

/// Scripts may wait by themselves; this is how much longer than they say they may take.
const GRACE: Duration = Duration::from_secs(5);

/// A script of ours that [goes through](../scripts/walk.js) what is seen: its last argument does.
macro_rules! walking {
    ($script:literal) => {
        concat!(
            "(wanted) => {\nconst walk = ",
            include_str!("../scripts/walk.js"),
            ";\nreturn (",
            include_str!($script),
            ")(wanted, walk);\n}"
        )
    };
}
pub(super) use walking;

/// A world in a frame.
#[derive(Clone, Debug)]
pub(super) struct World {
    session: Session,
    context: ExecutionContextId,
}

impl World {
    /// Makes one, or finds the one that was made in this document.
    pub(super) async fn new(session: &Session, frame: &str) -> Result<Self> {
        let mut asked = CreateIsolatedWorldParams::new(frame.to_owned());
        asked.world_name = Some(WORLD.to_owned());
        let context = session.call(asked).await?.execution_context_id;
        Ok(Self {
            session: session.clone(),
            context,
        })
    }

    pub(super) fn context(&self) -> &ExecutionContextId {
        &self.context
    }

    /// Calls a function with arguments, and waits `limit` for what it promises.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        function: &str,
        arguments: &str,
        limit: Duration,
    ) -> Result<T> {
        let call = EvaluateParams {
            context_id: Some(self.context),
            await_promise: Some(true),
            return_by_value: Some(true),
            ..EvaluateParams::new(format!("({function})({arguments})"))
        };
        let answer = self.session.call_within(call, limit + GRACE).await?;
        if let Some(thrown) = answer.exception_details {
            let told = thrown.exception.and_then(|exception| exception.description);
            let told = told.unwrap_or(thrown.text);
            return Err(Error::new(ErrorKind::Browser, "browser", "a script failed").with("script", told));
        }
        read(answer.result.value)
    }

    /// Calls a function on a node, with text.
    pub(super) async fn tell(
        &self,
        object: RemoteObjectId,
        function: &str,
        arguments: Vec<Value>,
    ) -> Result<()> {
        let arguments = arguments.into_iter().map(|value| {
            let mut argument = chromiumoxide_cdp::cdp::js_protocol::runtime::CallArgument::builder().build();
            argument.value = Some(value);
            argument
        });
        let mut call = CallFunctionOnParams::new(function.to_owned());
        call.object_id = Some(object);
        call.arguments = Some(arguments.collect());
        self.session.call(call).await?;
        Ok(())
    }
}

fn read<T: DeserializeOwned>(value: Option<Value>) -> Result<T> {
    serde_json::from_value(value.unwrap_or_default()).map_err(|cause| {
        Error::new(ErrorKind::Browser, "browser", "a script gave something else").because(cause)
    })
}

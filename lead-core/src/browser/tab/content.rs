//! The document as it stands: with frames and shadow trees in their places.

use std::time::Duration;

use chromiumoxide_cdp::cdp::browser_protocol::dom::{
    BackendNodeId, GetDocumentParams, GetFrameOwnerParams, Node, ResolveNodeParams, ShadowRootType,
};
use chromiumoxide_cdp::cdp::browser_protocol::page::{Frame, FrameTree, GetFrameTreeParams};
use futures::future::BoxFuture;
use serde_json::Value;

use super::Tab;
use super::evaluate::World;
use crate::Result;
use crate::browser::protocol::Session;

const READ: &str = include_str!("../scripts/read.js");
const HOSTS: &str = include_str!("../scripts/hosts.js");

/// Frames in frames are followed so far, and so many in all: advertisements bring dozens.
pub(super) const DEPTH: usize = 4;
const FRAMES: usize = 50;

/// Reading takes no time to speak of; a page that keeps its thread busy does not let us.
const TIME: Duration = Duration::from_secs(5);

const KEEP_FRAME: &str = "function(html, id) { const lead = (globalThis.lead ??= { roots: new WeakMap(), frames: new WeakMap() }); lead.frames.set(this, html); if (id) (lead.apart ??= new Map()).set(id, this) }";
const KEEP_ROOT: &str = "function() { (globalThis.lead ??= { roots: new WeakMap(), frames: new WeakMap() }).roots.set(this.host, this) }";

impl Tab {
    /// The whole document as HTML.
    pub(super) async fn html(&self) -> Result<String> {
        let tree = self.session.call(GetFrameTreeParams::default()).await?.frame_tree;
        let mut left = FRAMES;
        self.frame_html(self.session.clone(), tree, 0, &mut left).await
    }

    fn frame_html<'a>(
        &'a self,
        session: Session,
        tree: FrameTree,
        depth: usize,
        left: &'a mut usize,
    ) -> BoxFuture<'a, Result<String>> {
        Box::pin(async move {
            let world = World::new(&session, tree.frame.id.inner()).await?;
            let mut inside: Vec<_> = tree.child_frames.unwrap_or_default();
            inside.extend(self.apart(&tree.frame).await);
            for child in inside {
                if depth < DEPTH && *left > 0 {
                    *left -= 1;
                    // A frame that cannot be read is an empty one.
                    if let Err(error) = self.keep_frame(&session, &world, child, depth, left).await {
                        tracing::debug!(%error, "a frame was not read");
                    }
                }
            }
            if world.call::<bool>(HOSTS, "", TIME).await? {
                keep_closed_roots(&session, &world).await?;
            }
            world.call(READ, "", TIME).await
        })
    }

    /// The frames below `parent` that are processes of their own.
    async fn apart(&self, parent: &Frame) -> Vec<FrameTree> {
        let apart = self.state.borrow().frames.clone();
        let mut trees = Vec::new();
        for (session, _) in apart {
            let session = Session::new(self.session.connection().clone(), session);
            if let Ok(tree) = session.call(GetFrameTreeParams::default()).await
                && tree.frame_tree.frame.parent_id.as_ref() == Some(&parent.id)
            {
                trees.push(tree.frame_tree);
            }
        }
        trees
    }

    /// The conversation a frame is read in.
    pub(super) fn session_of(&self, frame: &str) -> Option<Session> {
        let state = self.state.borrow();
        let (session, _) = state.frames.iter().find(|(_, apart)| apart == frame)?;
        Some(Session::new(self.session.connection().clone(), session.clone()))
    }

    async fn keep_frame(
        &self,
        session: &Session,
        world: &World,
        child: FrameTree,
        depth: usize,
        left: &mut usize,
    ) -> Result<()> {
        let id = child.frame.id.clone();
        let apart = self.session_of(id.inner());
        // One that is a process of its own is looked at by itself again, when boxes are drawn.
        let name = apart
            .as_ref()
            .map_or(Value::Null, |_| Value::String(id.inner().clone()));
        let own = apart.unwrap_or_else(|| session.clone());
        let html = self.frame_html(own, child, depth + 1, left).await?;
        let owner = session.call(GetFrameOwnerParams::new(id)).await?.backend_node_id;
        keep(session, world, owner, KEEP_FRAME, vec![Value::String(html), name]).await
    }
}

/// Hands a node, and what belongs to it, to our scripts.
async fn keep(
    session: &Session,
    world: &World,
    node: BackendNodeId,
    function: &str,
    arguments: Vec<Value>,
) -> Result<()> {
    let resolve = ResolveNodeParams {
        backend_node_id: Some(node),
        execution_context_id: Some(*world.context()),
        ..ResolveNodeParams::default()
    };
    let object = session.call(resolve).await?.object.object_id;
    match object {
        Some(object) => world.tell(object, function, arguments).await,
        None => Ok(()),
    }
}

/// Shadow roots that scripts cannot reach by themselves.
async fn keep_closed_roots(session: &Session, world: &World) -> Result<()> {
    let whole = GetDocumentParams {
        depth: Some(-1),
        pierce: Some(true),
    };
    let root = session.call_within(whole, TIME).await?.root;
    let mut closed = Vec::new();
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        let Node {
            children,
            shadow_roots,
            shadow_root_type,
            backend_node_id,
            ..
        } = node;
        if shadow_root_type == Some(ShadowRootType::Closed) {
            closed.push(backend_node_id);
        }
        waiting.extend(children.unwrap_or_default());
        waiting.extend(shadow_roots.unwrap_or_default());
    }
    for node in closed {
        keep(session, world, node, KEEP_ROOT, Vec::new()).await?;
    }
    Ok(())
}

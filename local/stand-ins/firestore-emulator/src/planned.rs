//! Hands the plan of a query that comes by gRPC to the store. The engine asks the store for whole collections and does not say for
//! which query, but it does so in the task of the request, and before it answers. Listeners and pages, which come otherwise, have no
//! plans.

use std::{cell::Cell, sync::Arc};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};
use hidane_proto::google::firestore::v1::{
    RunAggregationQueryRequest, RunQueryRequest, run_aggregation_query_request, run_query_request,
    structured_aggregation_query::{self, aggregation::Operator},
};
use prost::Message;

use crate::{indexes::Indexes, plan::Plan};

/// The header of an answer that says how many documents a planned query has read.
const READ: &str = "documents-read";

tokio::task_local! {
    static ASKED: Asked;
}

struct Asked {
    plan: Plan,
    /// How many documents were read by the plan, once they were.
    read: Cell<Option<usize>>,
}

/// The documents that `find` finds by the plan of the task's query, where there is a plan and it is `fitting`.
pub fn documents<D>(fitting: impl FnOnce(&Plan) -> bool, find: impl FnOnce(&Plan) -> Vec<D>) -> Option<Vec<D>> {
    let found = ASKED.try_with(|asked| {
        let found = fitting(&asked.plan).then(|| find(&asked.plan))?;
        asked.read.set(Some(found.len()));
        Some(found)
    });
    found.ok().flatten()
}

/// A layer around the routes of gRPC.
pub async fn plan_queries(State(indexes): State<Arc<Indexes>>, request: Request, next: Next) -> Response {
    let method = request.uri().path().strip_prefix("/google.firestore.v1.Firestore/");
    let Some(plan_of) = method.and_then(|method| match method {
        "RunQuery" => Some(plan_of_query as fn(&Indexes, &[u8]) -> Option<Plan>),
        "RunAggregationQuery" => Some(plan_of_aggregation as _),
        _ => None,
    }) else {
        return next.run(request).await;
    };
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let plan = message(&body).and_then(|message| plan_of(&indexes, message));
    let request = Request::from_parts(parts, Body::from(body));
    let Some(plan) = plan else {
        return next.run(request).await;
    };
    let asked = Asked { plan, read: Cell::new(None) };
    ASKED
        .scope(asked, async {
            let mut response = next.run(request).await;
            if let Some(read) = ASKED.with(|asked| asked.read.get()) {
                response.headers_mut().insert(READ, HeaderValue::from(read));
            }
            response
        })
        .await
}

/// The one message of the body, where it is not compressed: behind a byte that says so come four with its length.
fn message(body: &Bytes) -> Option<&[u8]> {
    let (head, message) = body.split_at_checked(5)?;
    let length = u32::from_be_bytes(head[1..].try_into().ok()?);
    (head[0] == 0 && usize::try_from(length) == Ok(message.len())).then_some(message)
}

fn plan_of_query(indexes: &Indexes, message: &[u8]) -> Option<Plan> {
    let request = RunQueryRequest::decode(message).ok()?;
    let run_query_request::QueryType::StructuredQuery(query) = request.query_type?;
    Plan::of(indexes, &request.parent, &query, true)
}

fn plan_of_aggregation(indexes: &Indexes, message: &[u8]) -> Option<Plan> {
    let request = RunAggregationQueryRequest::decode(message).ok()?;
    let run_aggregation_query_request::QueryType::StructuredAggregationQuery(asked) = request.query_type?;
    // A sum or an average orders the documents by its field, too.
    let counts = asked.aggregations.iter().all(|each| matches!(each.operator, Some(Operator::Count(_))));
    let structured_aggregation_query::QueryType::StructuredQuery(query) = asked.query_type?;
    Plan::of(indexes, &request.parent, &query, counts)
}

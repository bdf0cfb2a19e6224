//! The server: every route, what stands before and behind them, and the worker beside them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};
use penshaw_operations::{Operations, Refusal};
use quick_cache::sync::Cache;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use crate::kept::{self, KeptPages};
use crate::layout::Brief;
use crate::{api, assets, pages, security, viewer};

/// What every route can reach. Cheap to clone: all clones are one.
#[derive(Clone)]
pub struct Web {
    /// Everything that a person may do.
    pub operations: Operations,
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    /// What stands on every page, by the revision that it was read at.
    pub(crate) briefs: Cache<i64, Arc<Brief>>,
    /// Pages that would be drawn the same again.
    pub(crate) pages: KeptPages,
    /// Public pages and feeds as they stand.
    pub(crate) public: Cache<String, Arc<pages::public::Kept>>,
    /// Publications as files, by digest: few, since each is printed in a second or two and may be large.
    pub(crate) public_files: Cache<String, Arc<pages::public::Kept>>,
    recorder: PrometheusRecorder,
    /// Whether people reach it by https, so that cookies go no other way.
    pub(crate) is_secure: bool,
}

impl Web {
    /// The web application over operations.
    pub fn new(operations: Operations) -> Self {
        let is_secure = operations.settings().public_address.starts_with("https:");
        let recorder = PrometheusBuilder::new().build_recorder();
        Web {
            operations,
            inner: Arc::new(Inner {
                briefs: Cache::new(16),
                pages: kept::pages(),
                public: Cache::new(2_000),
                public_files: Cache::new(32),
                recorder,
                is_secure,
            }),
        }
    }
}

/// Every route.
pub fn router(web: Web) -> Router {
    let pages =
        pages::routes().layer(middleware::from_fn_with_state(web.clone(), viewer::recognise)).layer(CsrfLayer::new());
    let plain = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/assets/{version}/{name}", get(assets::serve));
    Router::new()
        .merge(pages)
        .merge(plain)
        .merge(pages::public::routes())
        .merge(api::routes())
        .layer(middleware::from_fn(security::headers))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(web.clone(), observe))
        .layer(CatchPanicLayer::new())
        .with_state(web)
}

/// What is under way when the process is asked to stop has so long to end: somebody who sends a
/// file slowly does not keep the server, and whoever runs it does not have to kill it.
const LAST_ANSWERS: Duration = Duration::from_secs(8);

/// Serves until the process is asked to stop; what is under way is finished first, and jobs are
/// handed to the other servers.
///
/// # Errors
/// If the address cannot be listened at.
pub async fn serve(web: Web, listener: TcpListener) -> std::io::Result<()> {
    let operations = web.operations.clone();
    let worker = tokio::spawn({
        let operations = operations.clone();
        async move { operations.work().await }
    });
    let sender = tokio::spawn({
        let operations = operations.clone();
        async move { operations.keep_sending_alerts().await }
    });
    let app = router(web).into_make_service_with_connect_info::<SocketAddr>();
    let stop = Arc::new(Notify::new());
    let served = axum::serve(listener, app).with_graceful_shutdown({
        let stop = stop.clone();
        async move { stop.notified().await }
    });
    let mut served = std::pin::pin!(served.into_future());
    let stopped = tokio::select! {
        failed = &mut served => failed,
        () = asked_to_stop() => Ok(()),
    };
    stop.notify_one();
    worker.abort();
    sender.abort();
    let answered = async {
        if stopped.is_ok() {
            let _ = tokio::time::timeout(LAST_ANSWERS, served).await;
        }
    };
    let ((), handed_back) = tokio::join!(answered, tokio::time::timeout(LAST_ANSWERS, operations.hand_jobs_back()));
    if !matches!(handed_back, Ok(Ok(()))) {
        tracing::warn!("jobs could not be handed back: they are taken over when their lease has run out");
    }
    stopped
}

async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! { _ = interrupted => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    let _ = interrupted.await;
}

async fn ready(State(web): State<Web>) -> Response {
    let answered = tokio::time::timeout(Duration::from_secs(2), web.operations.is_ready()).await;
    match answered {
        Ok(Ok(())) => "ready\n".into_response(),
        Ok(Err(Refusal::Store(_))) | Err(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
        Ok(Err(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn metrics(State(web): State<Web>) -> String {
    if let Ok(waiting) = web.operations.jobs_waiting().await {
        metrics::with_local_recorder(&web.inner.recorder, || {
            metrics::gauge!("penshaw_jobs_waiting").set(waiting as f64);
        });
    }
    web.inner.recorder.handle().render()
}

/// Counts and times requests by their route, and logs them without what was asked: no names, no addresses.
async fn observe(State(web): State<Web>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    metrics::with_local_recorder(&web.inner.recorder, || {
        let labels = [("method", method.to_string()), ("route", route.clone()), ("status", status.to_string())];
        metrics::counter!("penshaw_requests_total", &labels).increment(1);
        metrics::histogram!("penshaw_request_seconds", "route" => route.clone()).record(took.as_secs_f64());
    });
    tracing::info!(target: "penshaw::requests", %method, route, status, milliseconds = took.as_millis() as u64);
    response
}

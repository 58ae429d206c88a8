package org.almagest.server.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.server.http.Answers.Asking;
import org.almagest.server.http.body.BodyBudget;
import org.almagest.server.http.door.Arrival;
import org.almagest.server.http.door.Entrance.Shown;
import org.almagest.server.http.door.Mount;
import org.almagest.server.http.door.Route;
import org.almagest.server.http.door.Verdict;
import org.almagest.server.log.Closing;
import org.almagest.server.log.Exchanged.End;
import org.almagest.server.log.Refusal;
import org.almagest.server.log.Refusal.Reason;

/**
 * The one service of the server: every request goes this way, in this order, whatever its path.
 *
 * <p>In the event loop and without waiting: sizes, host and origin; the route; who asks; the body. Then in a worker:
 * the handler and the pieces of its answer. Routers and decorators of the library decide nothing, so no path can be
 * spelled in a way that gets past a check.
 */
final class FrontService implements HttpService {
    private final House house;
    private volatile URI lastBase = URI.create("http://localhost");

    FrontService(House house) {
        this.house = house;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
        Visit visit = arrive(ctx, req);
        HttpResponse response = answer(visit);
        response.whenComplete().whenComplete((all, cause) -> {
            if (cause != null) {
                visit.exchange().endsAs(visit.stalled() ? End.STALLED : End.GONE);
            }
        });
        ctx.log().whenComplete().thenAccept(log -> leave(visit, log));
        return response;
    }

    /** Whatever is thrown, the request has one answer and one end. */
    private HttpResponse answer(Visit visit) {
        try {
            return enter(visit);
        } catch (RuntimeException e) {
            return failed(visit, e);
        }
    }

    private HttpResponse failed(Visit visit, RuntimeException cause) {
        visit.exchange().failed(cause);
        return house.answers()
                .problem(Problems.internal(), StacHeaders.NONE, visit.exchange().id(), visit.asking(true));
    }

    /** One request in the event loop. */
    private record Visit(
            ServiceRequestContext ctx,
            HttpRequest request,
            Exchange exchange,
            Optional<StacHeaders> fields,
            Optional<ConnectionGuard> guard) {
        /** Returns the fields, none where one of them is malformed. */
        StacHeaders headers() {
            return fields.orElse(StacHeaders.NONE);
        }

        boolean stalled() {
            return guard.isPresent() && guard.get().stalled();
        }

        Asking asking(boolean close) {
            boolean headOnly = exchange.asked().method().equals("HEAD");
            return new Asking(
                    headers(), headOnly, close && !ctx.sessionProtocol().isMultiplex());
        }

        String path() {
            String target = exchange.asked().target();
            int query = target.indexOf('?');
            return query < 0 ? target : target.substring(0, query);
        }
    }

    private Visit arrive(ServiceRequestContext ctx, HttpRequest req) {
        Optional<StacHeaders> fields = headers(req.headers());
        String target = ctx.rawPath(); // path() has some escapes replaced, and others added
        int query = target.indexOf('?');
        String method = req.method().name();
        Route route = StacMethod.parse(method)
                .map(known -> house.routes().find(known, query < 0 ? target : target.substring(0, query)))
                .orElse(Route.NONE);
        Exchange exchange = new Exchange(
                house.lobby(),
                new Exchange.Asked(
                        house.nextId(),
                        method,
                        route,
                        target,
                        fields.flatMap(all -> all.first("traceparent")).orElse(""),
                        ctx.clientAddress()));
        house.lobby().entered(); // nothing can fail from here until its end is listened for
        Optional<ConnectionGuard> guard = house.registry().of(ctx.remoteAddress());
        exchange.cancelledWhen(
                () -> ctx.isCancelled() || guard.isPresent() && guard.get().gone(),
                () -> guard.isPresent() && guard.get().stalled());
        exchange.brokenOffBy(ctx::cancel);
        if (guard.isPresent()
                && guard.get().begin(ctx.sessionProtocol().isMultiplex(), exchange)
                        > house.limits().streamsPerConnectionMax()) {
            house.registry().close(guard.get(), Closing.TOO_MANY);
        }
        return new Visit(ctx, req, exchange, fields, guard);
    }

    /** Names and values as they came, but those with a colon, which are the protocol's own; nothing if one is malformed. */
    private static Optional<StacHeaders> headers(RequestHeaders headers) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String text = name.toString();
            if (text.charAt(0) != ':') {
                fields.computeIfAbsent(text, any -> new ArrayList<>(1)).add(value);
            }
        });
        try {
            return Optional.of(StacHeaders.of(fields));
        } catch (InvalidRequestException e) {
            return Optional.empty();
        }
    }

    private HttpResponse enter(Visit visit) {
        boolean health = visit.path().equals("/health");
        if (house.lobby().draining() && !health) { // the health says so itself
            visit.ctx().initiateConnectionShutdown();
            Problem problem = Problem.of(503, "DRAINING", "server: about to stop (repeating the request is safe)");
            return refuse(visit, problem, StacHeaders.NONE.and("retry-after", "1"), Reason.DRAINING, "");
        }
        if (visit.fields().isEmpty()) {
            Problem problem = Problem.of(400, "INVALID_REQUEST", "headers: malformed");
            return refuse(visit, problem, StacHeaders.NONE, Reason.MALFORMED, "");
        }
        Shown shown = new Shown(
                visit.exchange().asked().method(),
                visit.exchange().asked().target(),
                Optional.ofNullable(visit.request().authority()).orElse(""),
                visit.ctx().localAddress().getAddress().getHostAddress(),
                visit.headers(),
                visit.ctx().sessionProtocol().isTls());
        Optional<Verdict> wrong = house.entrance().check(shown);
        if (wrong.isPresent()) {
            return refuse(visit, (Verdict.Refused) wrong.get());
        }
        Optional<Map<String, String>> preflight = house.origins().preflight(shown.method(), visit.headers());
        if (preflight.isPresent()) {
            return fields(visit, 204, preflight.get());
        }
        return visit.exchange().asked().route().entry() == Route.Entry.OPEN ? page(visit) : admit(visit);
    }

    private HttpResponse fields(Visit visit, int status, Map<String, String> fields) {
        ResponseHeadersBuilder headers = house.answers()
                .headers(status, StacHeaders.NONE, visit.exchange().id(), visit.headers());
        fields.forEach(headers::set);
        return Answers.whole(headers, new byte[0], false);
    }

    private HttpResponse page(Visit visit) {
        OpenPages.Page page =
                visit.path().equals("/") ? house.pages().start() : house.pages().health();
        ResponseHeadersBuilder headers = house.answers()
                .headers(page.status(), page.fields(), visit.exchange().id(), visit.headers());
        return Answers.whole(headers, page.body(), visit.asking(false).headOnly());
    }

    private HttpResponse admit(Visit visit) {
        Exchange.Asked asked = visit.exchange().asked();
        Verdict verdict = house.admission()
                .admit(new Arrival(asked.id(), asked.route(), asked.target(), visit.headers(), asked.address()));
        if (verdict instanceof Verdict.Refused refused) {
            return refuse(visit, refused);
        }
        visit.exchange().enter(((Verdict.Admitted) verdict).guest());
        Optional<Mount> mount = house.routes().mount(visit.path());
        if (mount.isEmpty()) {
            Problem problem = Problem.of(404, "NOT_FOUND", "target: nothing is here");
            return house.answers().problem(problem, StacHeaders.NONE, asked.id(), visit.asking(false));
        }
        return collect(visit, mount.get());
    }

    private HttpResponse collect(Visit visit, Mount mount) {
        Route route = visit.exchange().asked().route();
        BodyBudget.Lease lease = house.bodies().lease();
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        if (route.bodyBytesMax() == 0) {
            work(visit, mount, new Work.Body(new byte[0], lease), answer);
            return HttpResponse.of(answer);
        }
        boolean announced = visit.request().headers().contentLength() > route.bodyBytesMax();
        if (announced && !visit.ctx().sessionProtocol().isMultiplex()) {
            return refuse(visit, BodyCollector.tooLarge(route));
        }
        BodyCollector collector =
                new BodyCollector(route, lease, house.lobby(), protocol(visit), new BodyCollector.Sink() {
                    @Override
                    public void whole(byte[] body) {
                        try {
                            work(visit, mount, new Work.Body(body, lease), answer);
                        } catch (RuntimeException e) {
                            lease.close();
                            answer.complete(failed(visit, e));
                        }
                    }

                    @Override
                    public void refused(Verdict.Refused why) {
                        visit.exchange().sending(0);
                        answer.complete(refuse(visit, why));
                    }

                    @Override
                    public void givenUp() {
                        visit.exchange().sending(0);
                        Problem problem = visit.exchange().givenUp();
                        answer.complete(house.answers()
                                .problem(
                                        problem,
                                        StacHeaders.NONE,
                                        visit.exchange().id(),
                                        visit.asking(true)));
                    }

                    @Override
                    public void broken(Throwable cause) {
                        visit.exchange().endsAs(End.GONE);
                        answer.completeExceptionally(cause);
                    }
                });
        visit.exchange().took(collector::bytesSoFar);
        visit.exchange().collecting();
        if (announced) {
            collector.refuse(BodyCollector.tooLarge(route));
        }
        visit.guard().ifPresent(guard -> {
            guard.collecting(collector, visit.exchange());
            visit.request().whenComplete().whenComplete((all, cause) -> guard.collected(collector));
        });
        visit.request().subscribe(collector, visit.ctx().eventLoop());
        return HttpResponse.of(answer);
    }

    private static BodyCollector.Protocol protocol(Visit visit) {
        return visit.ctx().sessionProtocol().isMultiplex()
                ? BodyCollector.Protocol.HTTP_2
                : BodyCollector.Protocol.HTTP_1;
    }

    private void work(Visit visit, Mount mount, Work.Body body, CompletableFuture<HttpResponse> answer) {
        Exchange exchange = visit.exchange();
        Work.Call call = new Work.Call(
                mount,
                StacMethod.valueOf(exchange.asked().method()),
                exchange.asked().target().substring(mount.prefix().length()),
                visit.headers(),
                base(visit, mount));
        Work work = new Work(house, exchange, call, body, answer);
        exchange.queued();
        if (!house.workers().submit(exchange.guest().queue(), work)) {
            body.lease().close();
            Problem problem = Problem.of(503, "BUSY", "server: too many requests wait (repeating it later is safe)");
            answer.complete(
                    refuse(visit, problem, StacHeaders.NONE.and("retry-after", "1"), Reason.BUSY, key(exchange)));
        }
    }

    private static String key(Exchange exchange) {
        return exchange.guest().caller().name();
    }

    /** Returns what links begin with. Nearly all requests say the same host, so the last is remembered. */
    private URI base(Visit visit, Mount mount) {
        String root = house.publicUrl();
        if (root.isEmpty()) {
            String scheme = visit.ctx().sessionProtocol().isTls() ? "https://" : "http://";
            root = scheme + visit.request().authority();
        }
        String text = root + mount.prefix();
        URI last = lastBase;
        if (!last.toString().equals(text)) {
            last = URI.create(text);
            lastBase = last;
        }
        return last;
    }

    private HttpResponse refuse(Visit visit, Verdict.Refused why) {
        return refuse(visit, why.problem(), why.headers(), why.reason(), why.key());
    }

    private HttpResponse refuse(Visit visit, Problem problem, StacHeaders fields, Reason reason, String key) {
        Exchange.Asked asked = visit.exchange().asked();
        house.lobby()
                .observer()
                .refused(new Refusal(reason, asked.id(), key, asked.address().getHostAddress()));
        boolean close = !visit.request().isEmpty() || reason == Reason.DRAINING;
        return house.answers().problem(problem, fields, asked.id(), visit.asking(close));
    }

    private void leave(Visit visit, RequestLog log) {
        Exchange exchange = visit.exchange();
        Throwable cause = log.responseCause();
        boolean left = cause != null
                || visit.guard().isPresent() && visit.guard().get().gone();
        if (cause != null) {
            exchange.endsAs(visit.stalled() ? End.STALLED : End.GONE);
        }
        boolean unsent = left && log.responseHeaders().status().code() < 100;
        exchange.finish(
                unsent ? Problems.CLIENT_GONE : log.responseHeaders().status().code(), log.responseLength());
        visit.guard().ifPresent(guard -> guard.end(exchange));
    }
}

package org.almagest.server.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.server.http.Answers.Asking;
import org.almagest.server.http.body.BodyBudget;
import org.almagest.server.http.body.Compression;
import org.almagest.server.http.body.Inflation;
import org.almagest.server.http.door.Mount;
import org.almagest.server.http.door.Route;
import org.almagest.server.log.Refusal;

/**
 * One request in a worker: its body unpacked, its handler called, the first piece of its answer made.
 *
 * <p>Nearly all answers end with their first piece and are sent whole. For others a {@link BodyPump} makes piece after
 * piece, each when the one before has gone into the socket.
 */
final class Work implements Runnable {
    private static final int PIECE = 64 << 10;
    private static final int FORBIDDEN = 403;
    private static final List<String> HIDDEN =
            List.of("authorization", "x-api-key", "cookie", "proxy-authorization", "content-encoding");

    private final House house;
    private final Exchange exchange;
    private final Call call;
    private final Body body;
    private final CompletableFuture<HttpResponse> answer;
    /** Ends this turn; where more follows, sends the first piece, after which another worker may go on. */
    private Runnable handOver;

    /**
     * What is asked of a handler.
     *
     * @param target below the address of the handler
     * @param base what its links begin with
     */
    record Call(Mount mount, StacMethod method, String target, StacHeaders headers, URI base) {}

    /** A body and what it takes of the budget, which is given back when the answer is closed. */
    record Body(byte[] bytes, BodyBudget.Lease lease) {}

    Work(House house, Exchange exchange, Call call, Body body, CompletableFuture<HttpResponse> answer) {
        this.house = house;
        this.exchange = exchange;
        this.call = call;
        this.body = body;
        this.answer = answer;
        this.handOver = () -> exchange.paused(0);
    }

    @Override
    public void run() {
        exchange.resumed();
        try {
            HttpResponse response = answered();
            handOver.run();
            answer.complete(response);
        } catch (RuntimeException | Error e) { // also where what tells of a failure could not be made
            body.lease().close();
            exchange.failed(e);
            answer.completeExceptionally(e);
            throw e;
        }
    }

    private HttpResponse answered() {
        try {
            return respond();
        } catch (ProblemException e) {
            body.lease().close();
            return problem(e.problem());
        } catch (RuntimeException | IOException | Error e) {
            body.lease().close();
            exchange.failed(e);
            return problem(Problems.internal());
        }
    }

    private HttpResponse problem(Problem problem) {
        return house.answers().problem(problem, StacHeaders.NONE, exchange.id(), asking());
    }

    private Asking asking() {
        return new Asking(call.headers(), call.method() == StacMethod.HEAD, false);
    }

    private HttpResponse respond() throws IOException {
        if (exchange.over()) {
            body.lease().close();
            return problem(exchange.givenUp());
        }
        Route route = exchange.asked().route();
        byte[] plain = Inflation.inflate(
                call.headers().first("content-encoding").orElse(""),
                body.bytes(),
                route.bodyBytesMax(),
                house.limits().inflateRatioMax(),
                body.lease());
        if (Compression.takesNothing(call.headers())) {
            body.lease().close();
            return problem(
                    Problem.of(406, "NOT_ACCEPTABLE", "accept-encoding: nothing that is known (identity, gzip)"));
        }
        StacResponse response = call.mount().handler().handle(request(plain));
        try {
            tellOfScope(response.status());
            if (response.status() == Problems.CLIENT_GONE) {
                close(response);
                return problem(exchange.givenUp());
            }
            return begin(response);
        } catch (RuntimeException | IOException | Error e) {
            close(response);
            throw e;
        }
    }

    /** Tells of a key that asked for more than it may. */
    private void tellOfScope(int status) {
        String key = exchange.guest().caller().name();
        if (status == FORBIDDEN && !key.isEmpty()) {
            String address = exchange.asked().address().getHostAddress();
            house.lobby().observer().refused(new Refusal(Refusal.Reason.SCOPE, exchange.id(), key, address));
        }
    }

    private StacRequest request(byte[] plain) {
        String target = call.target().startsWith("/") ? call.target() : "/" + call.target();
        return StacRequest.of(call.method(), target)
                .with(fields())
                .with(plain)
                .at(call.base())
                .by(exchange.guest().caller())
                .cancelledWhen(exchange::over);
    }

    /** What the handler is told: no secrets, no encoding, and our id in the place of the client's. */
    private StacHeaders fields() {
        Map<String, List<String>> told = new LinkedHashMap<>(call.headers().toMap());
        told.keySet().removeAll(HIDDEN);
        told.put("x-request-id", List.of(exchange.id()));
        return Compression.plainTags(StacHeaders.of(told));
    }

    private HttpResponse begin(StacResponse response) throws IOException {
        boolean headOnly = call.method() == StacMethod.HEAD;
        Piece first = new Piece();
        StacBody rest = response.body();
        boolean more = !headOnly;
        OptionalLong length = rest.length();
        while (more && first.size() < PIECE) {
            more = rest.next(first);
            if (more ? exchange.over() : exchange.end() != null) { // what was given up is not whole
                close(rest, response);
                return problem(exchange.givenUp());
            }
        }
        StacHeaders fields = response.headers();
        boolean compress = house.compression() == Compression.Use.ON
                && Compression.worth(response, first.size())
                && Compression.accepted(call.headers());
        if (compress) {
            fields = Compression.fields(fields);
            rest = Compression.body(first.toByteArray(), rest, exchange::over);
            first = new Piece();
            more = begun(rest, first);
            length = OptionalLong.empty();
            if (exchange.end() != null) {
                close(rest, response);
                return problem(exchange.givenUp());
            }
        }
        ResponseHeadersBuilder headers =
                house.answers().headers(response.status(), fields, exchange.id(), call.headers());
        if (!more) {
            close(rest, response);
            long ready = first.size();
            handOver = () -> exchange.paused(ready);
            return headOnly ? head(headers, response, length) : Answers.whole(headers, first.toByteArray(), false);
        }
        length.ifPresent(headers::contentLength);
        return stream(headers, first, rest, response);
    }

    private static boolean begun(StacBody rest, Piece first) throws IOException {
        try {
            return rest.next(first);
        } catch (RuntimeException | IOException | Error e) {
            rest.close();
            throw e;
        }
    }

    private static HttpResponse head(ResponseHeadersBuilder headers, StacResponse response, OptionalLong length) {
        OptionalLong known = response.headers()
                .first("content-length")
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(length);
        if (known.isPresent() && known.getAsLong() > 0) {
            headers.contentLength(known.getAsLong());
        }
        return HttpResponse.of(headers.endOfStream(true).build());
    }

    private HttpResponse stream(ResponseHeadersBuilder headers, Piece first, StacBody rest, StacResponse response) {
        HttpResponseWriter out = HttpResponse.streaming();
        out.write(headers.build());
        BodyPump pump = new BodyPump(house.workers(), exchange, out, rest, () -> close(rest, response));
        handOver = () -> pump.send(first);
        return out;
    }

    private void close(StacBody rest, StacResponse response) {
        try {
            rest.close();
        } finally {
            close(response);
        }
    }

    private void close(StacResponse response) {
        try {
            response.close();
        } finally {
            body.lease().close();
        }
    }

    /** Bytes that are sent without being copied. */
    static final class Piece extends ByteArrayOutputStream {
        Piece() {
            super(4 << 10);
        }

        byte[] buffer() {
            return buf;
        }
    }
}

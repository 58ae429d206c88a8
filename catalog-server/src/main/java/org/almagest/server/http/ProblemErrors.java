package org.almagest.server.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.StacHeaders;
import org.jspecify.annotations.Nullable;

/** What the library itself would answer, as a problem with an id and nothing else: no name, no trace, no text of its own. */
final class ProblemErrors implements ServerErrorHandler {
    private final House house;

    ProblemErrors(House house) {
        this.house = house;
    }

    @Override
    public HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
        return answer(HttpStatus.INTERNAL_SERVER_ERROR).toHttpResponse();
    }

    @Override
    public AggregatedHttpResponse onProtocolViolation(
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return answer(status);
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext ctx,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return answer(status);
    }

    private AggregatedHttpResponse answer(HttpStatus status) {
        String id = house.nextId();
        Problem problem = Problem.of(status.code(), code(status), status.reasonPhrase());
        byte[] body = problem.toBytes(id);
        StacHeaders fields =
                StacHeaders.NONE.and("content-type", MediaType.PROBLEM).and("cache-control", "no-store");
        ResponseHeadersBuilder headers = house.answers().headers(status.code(), fields, id, StacHeaders.NONE);
        headers.contentLength(body.length);
        return AggregatedHttpResponse.of(headers.build(), HttpData.wrap(body));
    }

    private static String code(HttpStatus status) {
        return switch (status.code()) {
            case 413, 414, 431 -> "LIMIT_EXCEEDED";
            case 500 -> "INTERNAL";
            case 501, 505 -> "NOT_IMPLEMENTED";
            case 503 -> "BUSY";
            default -> "INVALID_REQUEST";
        };
    }
}

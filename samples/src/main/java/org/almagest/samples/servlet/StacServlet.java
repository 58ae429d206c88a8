package org.almagest.samples.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almagest.io.stac.api.StacApi;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;

/** Answers a STAC API wherever a servlet container maps it, such as at {@code /stac/*}. */
public final class StacServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient StacApi api;
    private final URI base;

    /**
     * Creates it.
     *
     * @param base the address of what it is mapped to, without the asterisk
     */
    public StacServlet(StacApi api, URI base) {
        this.api = api;
        this.base = base;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse answer) throws IOException {
        Optional<StacMethod> method = StacMethod.parse(request.getMethod());
        if (method.isEmpty()) {
            answer.setStatus(501);
            return;
        }
        // Path and query as they were sent: the API decodes them itself.
        String path = request.getRequestURI()
                .substring(request.getContextPath().length()
                        + request.getServletPath().length());
        String query = request.getQueryString();
        StacRequest asked = StacRequest.of(method.get(), query == null ? path : path + "?" + query)
                .with(headers(request))
                .with(request.getInputStream())
                .at(base);
        try (StacResponse response = api.handle(asked)) {
            answer.setStatus(response.status());
            response.headers()
                    .toMap()
                    .forEach((name, values) -> values.forEach(value -> answer.addHeader(name, value)));
            response.body().length().ifPresent(answer::setContentLengthLong);
            // What fails after the first byte is thrown, so that the container breaks the connection off.
            response.body().writeTo(answer.getOutputStream());
        }
    }

    private static StacHeaders headers(HttpServletRequest request) {
        Map<String, List<String>> fields = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            fields.put(name, Collections.list(request.getHeaders(name)));
        }
        return StacHeaders.of(fields);
    }
}

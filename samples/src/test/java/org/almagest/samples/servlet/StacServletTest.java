package org.almagest.samples.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.almagest.Catalog;
import org.almagest.io.stac.api.StacApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StacServletTest {
    @TempDir
    Path folder;

    @Test
    void answersWhatIsBelowItsPath() throws IOException {
        try (Catalog catalog = Catalog.open(folder);
                StacApi api = StacApi.of(catalog)) {
            StacServlet servlet = new StacServlet(api, URI.create("https://example.com/app/stac"));
            Sent landing = new Sent();
            servlet.service(request("GET", "/app/stac", null, ""), landing.response());
            assertEquals(200, landing.status);
            assertTrue(landing.text().contains("\"href\":\"https://example.com/app/stac/conformance\""));
            assertTrue(landing.headers.contains("content-type: application/json"), landing.headers.toString());

            Sent wrong = new Sent();
            servlet.service(request("GET", "/app/stac/search", "limit=%30&bbox=1", ""), wrong.response());
            assertEquals(400, wrong.status, wrong.text());

            Sent found = new Sent();
            servlet.service(request("POST", "/app/stac/search", null, "{\"limit\":1}"), found.response());
            assertEquals(200, found.status, found.text());
            assertEquals(found.length, found.bytes.size());

            Sent unknown = new Sent();
            servlet.service(request("BREW", "/app/stac", null, ""), unknown.response());
            assertEquals(501, unknown.status);
        }
    }

    private static HttpServletRequest request(String method, String path, String query, String body) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        ServletInputStream stream = new ServletInputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new IllegalStateException("blocking");
            }
        };
        Map<String, Object> answers = Map.of(
                "getMethod",
                method,
                "getRequestURI",
                path,
                "getContextPath",
                "/app",
                "getServletPath",
                "/stac",
                "getHeaderNames",
                Collections.enumeration(List.of("Accept")),
                "getHeaders",
                Collections.enumeration(List.of("*/*")),
                "getInputStream",
                stream);
        return proxy(
                HttpServletRequest.class,
                (name, arguments) -> name.equals("getQueryString") ? query : answers.get(name));
    }

    private interface Called {
        Object with(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Called called) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> called.with(method.getName(), arguments)));
    }

    /** What a servlet has answered. */
    private static final class Sent {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<String> headers = new ArrayList<>();
        private int status;
        private long length = -1;

        HttpServletResponse response() {
            return proxy(HttpServletResponse.class, (name, arguments) -> {
                switch (name) {
                    case "setStatus" -> status = (Integer) arguments[0];
                    case "addHeader" -> headers.add(arguments[0] + ": " + arguments[1]);
                    case "setContentLengthLong" -> length = (Long) arguments[0];
                    default -> {
                        return stream();
                    }
                }
                return null;
            });
        }

        private ServletOutputStream stream() {
            return new ServletOutputStream() {
                @Override
                public void write(int b) {
                    bytes.write(b);
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    throw new IllegalStateException("blocking");
                }
            };
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}

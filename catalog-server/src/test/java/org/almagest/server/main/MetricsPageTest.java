package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.almagest.runtime.Clock;
import org.almagest.server.config.ListenRules.Insecure;
import org.almagest.server.config.SettingsReader.Flag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every family that is read stands on the page, and what clients send makes no new series. */
class MetricsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "deploy", "metrics.md");
    private static final Pattern NAMED = Pattern.compile("`((?:almagest|jvm|process|system)_[a-z0-9_]+)`");
    private static final int SERIES_MAX = 4_000;
    private static final List<String> HOSTILE = List.of(
            "/stac/collections/x-y-z",
            "/stac/x%22%7D%0Ax",
            "/%F0%9F%92%A9",
            "/stac/search?limit=zzz",
            "/stac//",
            "/zzz");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder = Path.of("");

    private String ask(String method, String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method(method, BodyPublishers.noBody())
                .header("x-api-key", "zzz")
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void everyFamilyIsOnThePageAndLabelsAreOurs() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ServePlan plan = new ServePlan(
                folder.resolve("store"),
                Optional.empty(),
                Map.of(),
                List.of(
                        new Flag("--port", "listen.port", "0"),
                        new Flag("--metrics-port", "metrics.port", Integer.toString(port))),
                Insecure.REFUSED);
        String text;
        try (RunningServer server = RunningServer.start(plan, Ready.of(plan, Clock.system()), new TestOutput())) {
            for (String target : HOSTILE) {
                for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
                    ask(method, server.addresses().url() + target);
                }
            }
            server.drain();
            text = ask("GET", "http://127.0.0.1:" + port + "/metrics");
        }
        Set<String> unknown = families(text);
        unknown.removeAll(NAMED.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet()));
        assertEquals(Set.of(), unknown, "put them into the table of metrics.md");
        assertFalse(text.contains("zzz") || text.contains("x-y-z"), "nothing that a client sent is a label");
        long series = text.lines().filter(line -> !line.startsWith("#")).count();
        assertTrue(series < SERIES_MAX, series + " series");
    }

    private static Set<String> families(String text) {
        Set<String> names = new TreeSet<>();
        Matcher types = Pattern.compile("# TYPE (\\S+)").matcher(text);
        while (types.find()) {
            names.add(types.group(1));
        }
        return names;
    }
}

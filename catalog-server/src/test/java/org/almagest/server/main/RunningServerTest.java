package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.StoreLockedException;
import org.almagest.runtime.Clock;
import org.almagest.server.config.ListenRules.Insecure;
import org.almagest.server.config.SettingsReader.Flag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server in this process, asked over sockets. */
class RunningServerTest {
    private final TestOutput output = new TestOutput();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder = Path.of("");

    private ServePlan plan(String... settings) {
        List<Flag> flags = new ArrayList<>(List.of(new Flag("--port", "listen.port", "0")));
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            flags.add(new Flag("--set", parts[0], parts[1]));
        }
        return new ServePlan(folder.resolve("store"), Optional.empty(), Map.of(), flags, Insecure.REFUSED);
    }

    private RunningServer start(String... settings) {
        ServePlan plan = plan(settings);
        return RunningServer.start(plan, Ready.of(plan, Clock.system()), output);
    }

    private HttpResponse<String> ask(String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    @Test
    void answersUnderStacAndTellsItsHealth() throws Exception {
        try (RunningServer server = start()) {
            String url = server.addresses().url();
            assertEquals(url + "/stac", server.addresses().stac());
            HttpResponse<String> landing = ask(url + "/stac");
            assertEquals(200, landing.statusCode());
            assertTrue(landing.body().contains("\"href\":\"" + url + "/stac\""), landing.body());
            assertEquals(200, ask(url + "/health").statusCode());
            assertEquals(200, ask(url + "/").statusCode());
            assertEquals(404, ask(url + "/metrics").statusCode());
            server.drain();
        }
        assertTrue(
                output.logLines().stream().anyMatch(line -> line.contains("\"route\":\"GET /stac\",\"status\":200")),
                output.logLines().toString());
        String audit = audit();
        assertTrue(audit.contains("\"what\":\"start\"") && audit.contains("\"what\":\"stop\""), audit);
    }

    private String audit() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder.resolve("store/server/audit"))) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void metricsHaveAPortOfTheirOwn() throws Exception {
        int port = freePort();
        try (RunningServer server = start("metrics.port=" + port)) {
            ask(server.addresses().stac());
            ask(server.addresses().stac() + "/nothing/here");
            server.drain(); // what was answered is counted before nobody is left
            String text = ask("http://127.0.0.1:" + port + "/metrics").body();
            assertTrue(text.contains("almagest_http_answers_total{status=\"200\"}"), text);
            assertTrue(text.contains("route=\"GET /stac\""), text);
            assertFalse(text.contains("nothing"), text);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aStoreIsServedOnce() {
        try (RunningServer first = start()) {
            assertThrows(
                    StoreLockedException.class, this::start, first.addresses().store());
        }
        start().close();
    }

    @Test
    void whatFailsToStartLeavesNothingOpen() {
        try (RunningServer first = start()) {
            String taken = Integer.toString(URI.create(first.addresses().url()).getPort());
            ServePlan plan = new ServePlan(
                    folder.resolve("other"),
                    Optional.empty(),
                    Map.of(),
                    List.of(new Flag("--port", "listen.port", taken)),
                    Insecure.REFUSED);
            Ready ready = Ready.of(plan, Clock.system());
            assertThrows(InvalidRequestException.class, () -> RunningServer.start(plan, ready, output));
        }
        Catalog.open(folder.resolve("other"), CatalogOptions.defaults()).close();
    }

    @Test
    void checkTellsEveryProblemAndOpensNothing() {
        ServePlan plan = plan("listen.address=0.0.0.0", "workers=-1");
        assertEquals(2, ServerStart.check(plan, output));
        assertEquals(
                List.of(
                        "--set: workers: -1 (expected 0 to 1024)",
                        "listen.address: 0.0.0.0 is not loopback: needs tls.certificate and at least one key (or --insecure)"),
                output.problems);
        assertFalse(Files.exists(folder.resolve("store")));
        assertEquals(0, ServerStart.check(plan(), output));
        assertEquals("ok", output.lines.get(output.lines.size() - 1));
    }
}

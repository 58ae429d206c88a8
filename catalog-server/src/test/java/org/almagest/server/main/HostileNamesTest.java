package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.almagest.model.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No name becomes a path: each is refused, or kept and given back as it came; nothing outside the data is touched. */
@Tag("slow")
class HostileNamesTest {
    private static final int NAMES = 500;
    private static final List<String> TARGETS = List.of(
            "/stac/collections/NAME",
            "/stac/collections/NAME/items/NAME",
            "/stac/collections/c/items/NAME",
            "/stac/NAME",
            "/NAME");

    @TempDir
    Path outside;

    /** Returns names that have broken other programs, and combinations of their parts. */
    private static List<String> names() {
        List<String> parts = List.of(
                "../",
                "..\\",
                "%2e%2e%2f",
                "%2e%2e/",
                "..%2f",
                "..;/",
                "....//",
                "/etc/passwd",
                "C:\\x",
                "\\\\host\\share",
                "file:///x",
                "\u0000",
                "x\u0000.json",
                "%00",
                "CON",
                "nul",
                "LPT1",
                "aux.txt",
                "trailing.",
                "trailing ",
                " leading",
                "é",
                "e\u0301",
                "Case",
                "case",
                "new\nline",
                "carriage\rreturn",
                "tab\tx",
                "\u202etxt",
                "\u200bzero",
                "\ufeffbom",
                "~root",
                "$HOME",
                "`id`",
                "$(id)",
                "*",
                "?",
                "#x",
                "a;b",
                "a&b=c",
                "a+b",
                "'or'1",
                "\"",
                "<script>",
                "keys.json",
                "server",
                "tenants",
                "data/00/000000.seg",
                "LOCK",
                "FORMAT",
                ".",
                "..",
                "...",
                "-rf",
                "\ud800",
                "日本語",
                "🛰",
                "x".repeat(4096),
                "a/".repeat(200),
                "../".repeat(200) + "etc/passwd");
        Set<String> names = new LinkedHashSet<>(parts);
        SplittableRandom random = new SplittableRandom(1);
        while (names.size() < NAMES) {
            names.add(parts.get(random.nextInt(parts.size())) + parts.get(random.nextInt(parts.size())));
        }
        return List.copyOf(names);
    }

    @Test
    void everyNameIsRefusedOrKeptAndNothingOutsideIsTouched() throws Exception {
        Path data = outside.resolve("in").resolve("data");
        Files.createDirectories(outside.resolve("in/beside"));
        Files.writeString(outside.resolve("in/beside/etc"), "canary");
        Files.writeString(outside.resolve("passwd"), "canary");
        try (KeyedServer server =
                KeyedServer.start(data, "quota.requests=1000000/1s", "quota.failed-logins=1000000/1s")) {
            String key = server.text("default", "admin:*");
            assertEquals(
                    201,
                    server.send(key, "POST", "/stac/collections", KeyedServer.collection("c"))
                            .statusCode());
            Map<String, String> before = contents(data);
            int kept = 0;
            int tried = 0;
            for (String name : names()) {
                kept += item(server, key, name) ? 1 : 0;
                collection(server, key, name);
                String target = TARGETS.get(tried++ % TARGETS.size()).replace("NAME", name);
                int status = raw(server, key, target);
                assertTrue(status >= 200 && status < 500, status + " " + target);
            }
            assertTrue(kept > 100, kept + " names of items were kept");
            assertEquals(before, contents(data));
        }
    }

    /** Stores an item of that id; where it was taken, it comes back under the address that was told. */
    private static boolean item(KeyedServer server, String key, String name) throws Exception {
        String body = KeyedServer.item("c", "ID").replace("\"ID\"", quoted(name));
        HttpResponse<String> made = server.send(key, "POST", "/stac/collections/c/items", body);
        if (made.statusCode() != 201) {
            assertEquals(400, made.statusCode(), quoted(name) + made.body());
            return false;
        }
        String location = made.headers().firstValue("location").orElseThrow();
        HttpResponse<String> got = server.get(key, location.replaceFirst("http://[^/]*", ""));
        if (got.statusCode() == 200) {
            assertTrue(
                    Json.parse(got.body())
                            .text()
                            .contains("\"id\":" + Json.parse(quoted(name)).text()),
                    quoted(name));
        } else {
            // Steps in a path are refused by the library, encoded or not, and a name may be too long for an address.
            boolean step = name.contains("..") || name.equals(".") || location.length() > 8_000;
            assertTrue(step, got.statusCode() + quoted(name));
            HttpResponse<String> found = server.send(key, "POST", "/stac/search", "{\"ids\":[" + quoted(name) + "]}");
            assertTrue(
                    Json.parse(found.body())
                            .text()
                            .contains("\"id\":" + Json.parse(quoted(name)).text()),
                    quoted(name));
        }
        return true;
    }

    private static void collection(KeyedServer server, String key, String name) throws Exception {
        String body = KeyedServer.collection("ID").replace("\"ID\"", quoted(name));
        HttpResponse<String> made = server.send(key, "POST", "/stac/collections", body);
        int status = made.statusCode();
        assertTrue(status == 201 || status == 400 || status == 409, status + quoted(name) + made.body());
        if (status == 201) {
            String path = "/stac/collections/"
                    + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
            HttpResponse<String> got = server.get(key, path);
            assertTrue(got.statusCode() == 200 || name.contains(".."), got.statusCode() + quoted(name));
            server.send(key, "DELETE", path, "");
        }
    }

    private static String quoted(String name) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : name.toCharArray()) {
            out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
        }
        return out.append('"').toString();
    }

    /** Sends a target as it is, with what no client would send; returns the status. */
    private static int raw(KeyedServer server, String key, String target) throws IOException {
        String line = target.replace("\r", "%0d").replace("\n", "%0a").replace(" ", "%20");
        String head = "GET " + line + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.http.port()
                + "\r\nAuthorization: Bearer " + key + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.http.port())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            byte[] start = in.readNBytes(12);
            assertTrue(start.length == 12, "no answer to " + target);
            return Integer.parseInt(new String(start, 9, 3, StandardCharsets.US_ASCII));
        }
    }

    /** Returns everything that lies beside the data, by name. */
    private Map<String, String> contents(Path data) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(outside)) {
            for (Path path : all.filter(each -> !each.startsWith(data)).toList()) {
                String name = outside.relativize(path).toString();
                found.put(name, Files.isDirectory(path) ? "folder" : Arrays.toString(Files.readAllBytes(path)));
            }
        }
        try (Stream<Path> top = Files.list(data)) {
            // Names in the store's own folder are the engine's and the server's.
            top.forEach(path -> found.put("data/" + path.getFileName(), ""));
        }
        assertTrue(new ArrayList<>(found.keySet()).contains("passwd"));
        return found;
    }
}

package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.almagest.server.http.door.Handler;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.log.AuditLog;
import org.almagest.server.log.AuditedRefusals;
import org.almagest.server.log.Event;
import org.almagest.server.log.LogLines;
import org.almagest.server.log.LogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secret of a key is in no answer, no log and no file, whatever a client does with it. */
class SecretNowhereTest {
    @TempDir
    Path data;

    private final List<HttpResponse<String>> answers = new ArrayList<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Test
    void noAnswerNoLogAndNoFileHoldsASecret() throws Exception {
        List<String> secrets = new ArrayList<>();
        LogWriter writer = LogWriter.to(log, LogWriter.Format.JSON);
        try (KeyedServer server = KeyedServer.around(data, this::failing, "quota.failed-logins=1000/1s")) {
            LogLines lines = new LogLines(writer, server.clock, Event.Level.DEBUG, LogLines.Requests.WRITTEN);
            server.tell(lines);
            server.tell(new AuditedRefusals(AuditLog.in(data.resolve("server/audit"), server.clock), server.clock));
            ApiKeys.Made good = server.key("default", "admin:*");
            ApiKeys.Made revoked = server.key("partner", "admin:*");
            secrets.add(good.text().reveal());
            secrets.add(revoked.text().reveal());
            for (String secret : List.copyOf(secrets)) {
                useEverywhere(server, secret);
            }
            server.keys.revoke(List.of(revoked.key().id()));
            secrets.add(
                    server.keys.rotate(good.key().id(), Duration.ZERO).text().reveal());
            server.control.poll();
            for (String secret : List.copyOf(secrets)) {
                useEverywhere(server, secret);
            }
        }
        writer.close();
        assertTrue(answers.stream().anyMatch(answer -> answer.statusCode() == 500), "a failure was among them");
        StringBuilder all = new StringBuilder(log.toString(StandardCharsets.ISO_8859_1));
        assertTrue(all.length() > 1_000);
        answers.forEach(answer -> all.append(answer.headers().map()).append(answer.body()));
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        String haystack = all.toString();
        for (String secret : secrets) {
            for (String spelling : spellings(secret)) {
                int at = haystack.indexOf(spelling);
                assertFalse(
                        at >= 0, () -> haystack.substring(Math.max(0, at - 300), Math.min(haystack.length(), at + 80)));
            }
        }
    }

    private Handler failing(Handler handler) {
        return request -> {
            if (request.path().equals("/conformance")) {
                throw new IllegalStateException(
                        "with all headers: " + request.headers().toMap());
            }
            return handler.handle(request);
        };
    }

    private void useEverywhere(KeyedServer server, String secret) throws Exception {
        for (String target : List.of(
                "/stac",
                "/stac/conformance",
                "/stac/search?limit=x",
                "/stac/search?api_key=" + secret,
                "/stac/search?filter=" + secret,
                "/stac/search?ids=" + secret,
                "/stac/collections/" + secret,
                "/stac/collections/" + secret + "/items/" + secret,
                "/" + secret,
                "/stac/conformance?x=" + secret.replace("_", "%5F"),
                "/stac/conformance?x=" + secret.replace("_", "%5f").replace("alm", "%61%6c%6D"),
                "/stac/conformance?x=" + secret.replace("_", "%255F"),
                "/stac/collections/" + secret.replace("_", "%5F"),
                "/health?key=" + secret)) {
            answers.add(server.get(secret, target));
            answers.add(server.get("", target));
        }
        answers.add(server.get(secret + "0", "/stac"));
        answers.add(server.get(secret.substring(0, 70), "/stac"));
        answers.add(server.send(secret, "POST", "/stac/search", "{\"api_key\":\"x\"}"));
        answers.add(server.send(secret, "POST", "/stac/search", "not JSON"));
        answers.add(server.send(secret, "TRACE", "/stac", ""));
    }

    private static List<String> spellings(String key) {
        String digits = key.substring(17, 69);
        BigInteger value = BigInteger.ZERO;
        for (char c : digits.toCharArray()) {
            value = value.shiftLeft(5).or(BigInteger.valueOf("0123456789abcdefghjkmnpqrstvwxyz".indexOf(c)));
        }
        byte[] all = value.shiftRight(4).toByteArray();
        byte[] bytes = Arrays.copyOfRange(all, all.length - 30, all.length - 3);
        return List.of(
                digits.substring(0, 20),
                digits.substring(20, 40),
                digits.substring(32),
                new StringBuilder(digits).reverse().substring(0, 26),
                HexFormat.of().formatHex(bytes).substring(0, 24),
                HexFormat.of().withUpperCase().formatHex(bytes).substring(0, 24),
                Base64.getEncoder().encodeToString(bytes).substring(0, 16),
                Base64.getUrlEncoder().encodeToString(bytes).substring(0, 16),
                new String(bytes, StandardCharsets.ISO_8859_1).substring(0, 12));
    }
}

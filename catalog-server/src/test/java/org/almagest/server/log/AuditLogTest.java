package org.almagest.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.almagest.error.StorageFailedException;
import org.almagest.server.log.Refusal.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir
    Path folder = Path.of("");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T23:59:59Z"));

    private AuditLog log() {
        return AuditLog.in(folder.resolve("audit"), now::get);
    }

    @Test
    void eachDayHasAFileOfItsOwnThatOthersCannotRead() throws IOException {
        AuditLog log = log();
        log.append(
                AuditLine.of("cli:me", "default", "key.created", "3k9d0m2qx7ra").with("grants", "read:*"));
        log.append(AuditLine.of("cli:me", "default", "key.revoked", "3k9d0m2qx7ra"));
        now.set(Instant.parse("2026-11-23T00:00:00Z"));
        log.append(AuditLine.of("server", "", "stop", ""));
        Path first = folder.resolve("audit/2026-11-22.ndjson");
        assertEquals(
                List.of(
                        "{\"at\":\"2026-11-22T23:59:59Z\",\"kind\":\"audit\",\"who\":\"cli:me\",\"tenant\":\"default\",\"what\":\"key.created\",\"target\":\"3k9d0m2qx7ra\",\"grants\":\"read:*\"}",
                        "{\"at\":\"2026-11-22T23:59:59Z\",\"kind\":\"audit\",\"who\":\"cli:me\",\"tenant\":\"default\",\"what\":\"key.revoked\",\"target\":\"3k9d0m2qx7ra\"}"),
                Files.readAllLines(first));
        assertEquals(
                1, Files.readAllLines(folder.resolve("audit/2026-11-23.ndjson")).size());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(first)));
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("audit"))));
        assertEquals(3, log.lines());
    }

    @Test
    void aLineThatCannotBeWrittenIsToldUntilOneCan() throws IOException {
        AuditLog log = log();
        Path inTheWay = Files.createFile(folder.resolve("audit"));
        String message = assertThrows(
                        StorageFailedException.class, () -> log.append(AuditLine.of("server", "", "start", "")))
                .getMessage();
        assertTrue(message.startsWith("audit log: cannot be written: "), message);
        assertFalse(log.healthy());
        assertEquals(1, log.failures());
        Files.delete(inTheWay);
        log.append(AuditLine.of("server", "", "start", ""));
        assertTrue(log.healthy());
    }

    @Test
    void whatAFullDiskLeftOfALineIsEndedByTheNext() throws IOException {
        Path file = folder.resolve("audit/2026-11-22.ndjson");
        log().append(AuditLine.of("server", "", "start", ""));
        Files.writeString(file, "{\"at\":\"2026-", StandardOpenOption.APPEND);
        log().append(AuditLine.of("server", "", "stop", ""));
        List<String> lines = Files.readAllLines(file);
        assertEquals(3, lines.size());
        assertTrue(lines.get(2).endsWith("\"what\":\"stop\"}"), lines.get(2));
    }

    private List<String> refused(Consumer<AuditedRefusals> what) throws IOException {
        now.set(Instant.parse("2026-11-22T11:00:00Z"));
        try (AuditedRefusals refusals = new AuditedRefusals(log(), now::get)) {
            what.accept(refusals);
        }
        return Files.readAllLines(folder.resolve("audit/2026-11-22.ndjson"));
    }

    private static Refusal badKey(String id, String address) {
        return new Refusal(Reason.BAD_KEY, id, "", address);
    }

    @Test
    void manyRefusedKeysOfOneAddressAreOneLineAMinute() throws IOException {
        List<String> lines = refused(refusals -> {
            for (int i = 0; i < 5; i++) {
                refusals.refused(badKey("r" + i, "10.0.0.1"));
            }
            refusals.refused(badKey("r5", "10.0.0.2"));
            refusals.refused(new Refusal(Reason.NO_KEY, "r6", "", "10.0.0.3"));
            now.set(Instant.parse("2026-11-22T11:01:00Z"));
            refusals.refused(badKey("r7", "10.0.0.1"));
        });
        assertEquals(3, lines.size());
        assertTrue(lines.get(2).endsWith("\"request\":\"r7\",\"since_the_last_line\":\"4\"}"), lines.get(2));
    }

    @Test
    void eachRefusalOfAKeySaysWhy() throws IOException {
        List<Reason> reasons = List.of(
                Reason.BAD_KEY,
                Reason.UNKNOWN_KEY,
                Reason.EXPIRED_KEY,
                Reason.REVOKED_KEY,
                Reason.SCOPE,
                Reason.LOGINS);
        List<String> lines = refused(refusals -> {
            for (Reason reason : reasons) {
                refusals.refused(new Refusal(reason, "r", "3k9d0m2qx7ra", "10.0.0." + reason.ordinal()));
            }
            refusals.refused(new Refusal(Reason.SCOPE, "r", "3k9d0m2qx7ra", "10.0.1.1"));
        });
        assertEquals(reasons.size(), lines.size(), "of one key one line a minute, whatever its address");
        for (int i = 0; i < lines.size(); i++) {
            String said = "\"reason\":\"" + reasons.get(i).label() + "\"";
            assertTrue(lines.get(i).contains(said), lines.get(i));
        }
    }

    @Test
    void addressesOfOneNetworkAreOne() throws IOException {
        List<String> lines = refused(refusals -> {
            for (int i = 0; i < 50; i++) {
                refusals.refused(badKey("r" + i, "2001:db8:0:7:0:0:0:" + Integer.toHexString(i)));
            }
            refusals.refused(badKey("other", "2001:db8:0:8:0:0:0:1"));
        });
        assertEquals(2, lines.size());
    }

    @Test
    void manyAddressesFillNoDisk() throws IOException {
        int many = 10 * AuditedRefusals.LINES_MAX;
        List<String> lines = refused(refusals -> {
            for (int i = 0; i < many; i++) {
                refusals.refused(badKey("r" + i, "10.0." + i / 250 + "." + i % 250));
            }
        });
        assertTrue(lines.size() <= AuditedRefusals.LINES_MAX, () -> "lines: " + lines.size());
    }
}

package org.almagest.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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
    void manyRefusedKeysOfOneAddressAreOneLineAMinute() throws IOException {
        AuditedRefusals refusals = new AuditedRefusals(log(), now::get);
        now.set(Instant.parse("2026-11-22T11:00:00Z"));
        for (int i = 0; i < 5; i++) {
            refusals.refused(new Refusal(Reason.BAD_KEY, "r" + i, "", "10.0.0.1"));
        }
        refusals.refused(new Refusal(Reason.BAD_KEY, "r5", "", "10.0.0.2"));
        refusals.refused(new Refusal(Reason.NO_KEY, "r6", "", "10.0.0.3"));
        now.set(Instant.parse("2026-11-22T11:01:00Z"));
        refusals.refused(new Refusal(Reason.BAD_KEY, "r7", "", "10.0.0.1"));
        List<String> lines = Files.readAllLines(folder.resolve("audit/2026-11-22.ndjson"));
        assertEquals(3, lines.size());
        assertTrue(lines.get(2).endsWith("\"request\":\"r7\",\"since_the_last_line\":\"4\"}"), lines.get(2));
    }
}

package org.almagest.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almagest.error.ConflictException;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.InvalidRequestException;
import org.almagest.runtime.RandomSource;
import org.almagest.server.keys.ApiKey;
import org.almagest.server.keys.ApiKeyText;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.keys.Grant;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.ServerFolder;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path data;

    private final SteppedClock clock = new SteppedClock(NOON);
    private final List<String> told = new ArrayList<>();

    private ApiKeys keys() {
        return new ApiKeys(ServerFolder.in(data), clock, RandomSource.secure());
    }

    private String make() {
        return keys().create(new ApiKeys.Wanted(
                        "default", "x", List.of(Grant.parse("read:*")), KeyQuota.NONE, Duration.ofDays(1)))
                .key()
                .id();
    }

    private Credentials open() {
        return Credentials.open(ServerFolder.in(data), clock, new Credentials.Watcher() {
            @Override
            public void changed(KeyRing ring) {
                told.add("changed " + ring.list().generation());
            }

            @Override
            public void failed(String problem) {
                told.add(problem);
            }
        });
    }

    private static Principal principal(Credentials credentials, String id) {
        return credentials.current().find(id).orElseThrow();
    }

    @Test
    void aRevokedKeyEndsAtTheNextLookAndOthersDoNot() {
        String one = make();
        String two = make();
        Credentials credentials = open();
        Principal first = principal(credentials, one);
        Principal second = principal(credentials, two);
        keys().revoke(List.of(one));
        assertTrue(first.live());
        credentials.poll();
        assertFalse(first.live());
        assertTrue(second.live());
        assertSame(second, principal(credentials, two), "what it began goes on");
        assertEquals(List.of("changed 2", "changed 3"), told);
    }

    @Test
    void aDeletedKeyIsGone() {
        String one = make();
        Credentials credentials = open();
        keys().revoke(List.of(one));
        keys().delete(List.of(one));
        Principal before = principal(credentials, one);
        credentials.poll();
        assertFalse(before.live());
        assertTrue(credentials.current().find(one).isEmpty());
        assertTrue(credentials.current().isEmpty());
        assertTrue(credentials.everSome(), "nobody gets in without a key because the last one went");
    }

    @Test
    void aRotatedKeyGoesOnUntilItsOverlapEnds() {
        String one = make();
        Credentials credentials = open();
        Principal before = principal(credentials, one);
        keys().rotate(one, Duration.ofHours(1));
        credentials.poll();
        assertTrue(before.live());
        assertSame(before, principal(credentials, one));
        clock.advance(Duration.ofHours(1).minusSeconds(1));
        credentials.poll();
        assertTrue(before.live());
        clock.advance(Duration.ofSeconds(1));
        credentials.poll();
        assertFalse(before.live(), "expiry needs no change of the file");
    }

    @Test
    void theFirstKeyIsSeenByARunningServer() {
        Credentials credentials = open();
        assertFalse(credentials.everSome());
        String one = make();
        credentials.poll();
        assertTrue(principal(credentials, one).live());
        assertTrue(credentials.everSome());
        assertTrue(credentials.current().pepper().isPresent());
    }

    @Test
    void aFileThatCannotBeReadIsToldOnceAndTheKeysStay() throws IOException {
        String one = make();
        Credentials credentials = open();
        Path file = data.resolve("server/keys.json");
        byte[] good = Files.readAllBytes(file);
        Files.write(file, new byte[] {'{'});
        credentials.poll();
        credentials.poll();
        assertEquals(2, told.size(), told.toString());
        assertTrue(told.get(1).startsWith("keys: json: "), told.get(1));
        assertTrue(principal(credentials, one).live());
        Files.write(file, good);
        credentials.poll();
        assertEquals("changed 1", told.get(2));
        Files.delete(file);
        credentials.poll();
        assertEquals("keys: file is gone (those from before hold until the server stops)", told.get(3));
        assertTrue(principal(credentials, one).live());
    }

    @Test
    void anUnreadableFileExpiresItsKeysAllTheSame() throws IOException {
        String one = make();
        Credentials credentials = open();
        Files.write(data.resolve("server/keys.json"), new byte[0]);
        clock.advance(Duration.ofDays(1));
        credentials.poll();
        assertFalse(principal(credentials, one).live());
    }

    @Test
    void aServerDoesNotStartWithWhatItCannotTrust() throws IOException {
        make();
        Path file = data.resolve("server/keys.json");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThrows(InvalidRequestException.class, this::open);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Path pepper = data.resolve("server/pepper");
        Path aside = Files.move(pepper, data.resolve("server/aside"));
        assertEquals(
                "pepper: not there, so that all keys are void (put it back from a backup)",
                assertThrows(ConflictException.class, this::open).getMessage());
        Files.move(aside, pepper);
        Files.write(file, new byte[0]);
        assertThrows(CorruptStoreException.class, this::open);
    }

    @Test
    void keysAreCountedByState() {
        String one = make();
        make();
        keys().revoke(List.of(one));
        Credentials credentials = open();
        assertEquals(
                Map.of(ApiKey.State.LIVE, 1, ApiKey.State.EXPIRED, 0, ApiKey.State.REVOKED, 1),
                credentials.current().counts(NOON));
        assertEquals(
                Map.of(ApiKey.State.LIVE, 0, ApiKey.State.EXPIRED, 1, ApiKey.State.REVOKED, 1),
                credentials.current().counts(NOON.plus(Duration.ofDays(1))));
    }

    @Test
    void aFileFromABackupBringsNoRevokedKeyBack() throws IOException {
        String one = make();
        Credentials credentials = open();
        Path file = data.resolve("server/keys.json");
        byte[] good = Files.readAllBytes(file);
        Principal before = principal(credentials, one);
        keys().revoke(List.of(one));
        credentials.poll();
        Files.write(file, good);
        credentials.poll();
        assertEquals(
                "keys: generation 1 was put in the place of 2 (those from before hold until the server stops)",
                told.get(told.size() - 1));
        assertFalse(before.live());
    }

    @Test
    void anotherListOfTheSameGenerationIsNotTaken() throws IOException {
        String one = make();
        Credentials credentials = open();
        Path file = data.resolve("server/keys.json");
        byte[] good = Files.readAllBytes(file);
        keys().revoke(List.of(one));
        credentials.poll();
        Files.write(file, good);
        String two = make(); // the change that follows the one of the backup
        credentials.poll();
        assertTrue(credentials.failing());
        assertFalse(principal(credentials, one).live());
        assertTrue(credentials.current().find(two).isEmpty());
    }

    @Test
    void whatWasInTheWayOfARevocationIsTriedAgainUntilItIsGone() throws IOException {
        String one = make();
        Credentials credentials = open();
        Path server = data.resolve("server");
        keys().revoke(List.of(one));
        Path aside = Files.move(server.resolve("pepper"), server.resolve("aside"));
        credentials.poll();
        credentials.poll();
        assertTrue(principal(credentials, one).live());
        assertTrue(credentials.failing());
        assertEquals(2, told.size(), "told once: " + told);
        Files.move(aside, server.resolve("pepper")); // touches nothing of keys.json
        credentials.poll();
        assertFalse(principal(credentials, one).live());
        assertFalse(credentials.failing());
    }

    @Test
    void permissionsThatAreMendedLetARevocationIn() throws IOException {
        String one = make();
        Credentials credentials = open();
        Path file = data.resolve("server/keys.json");
        keys().revoke(List.of(one));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        credentials.poll();
        assertTrue(principal(credentials, one).live());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        credentials.poll();
        assertFalse(principal(credentials, one).live());
    }

    @Test
    void everyIdIsFoundWhereItStandsAndOthersEndAtSomeKey() {
        Credentials credentials = open();
        List<String> ids = new ArrayList<>();
        for (int count = 0; count < 20; count++) {
            KeyRing ring = credentials.current();
            for (String id : ids) {
                int position = ring.position(ApiKeyText.idNumber(id));
                assertEquals(ApiKeyText.idNumber(id), ring.idAt(position));
                assertEquals(id, ring.holderAt(position).name());
            }
            for (long other : new long[] {0, 1, (1L << 60) - 1}) {
                int position = ring.position(other);
                assertTrue(ring.idAt(position) >= other, "the first that is not below");
                assertTrue(position == 0 || ring.idAt(position - 1) < other);
            }
            ids.add(make());
            credentials.poll();
        }
    }
}

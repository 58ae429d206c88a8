package org.almagest.server.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.almagest.error.CatalogException;
import org.almagest.error.ConflictException;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.NotFoundException;
import org.almagest.runtime.RandomSource;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path temporary;

    private final SteppedClock clock = new SteppedClock(NOON.plusNanos(5));
    private Path data;
    private ServerFolder folder;

    @BeforeEach
    void nameAFolderThatIsNotThere() {
        data = temporary.resolve("deep").resolve("data");
        folder = ServerFolder.in(data);
    }

    private ApiKeys keys() {
        return new ApiKeys(folder, clock, new SplittableRandom(1)::nextLong);
    }

    private static ApiKeys.Wanted wanted(String label) {
        return new ApiKeys.Wanted("default", label, List.of(Grant.parse("read:*")), KeyQuota.NONE, null);
    }

    @Test
    void aKeyThatWasMadeIsFoundByTheHashOfItsText() {
        ApiKeys.Made made = keys().create(wanted("one"));
        ApiKey found = keys().list().key(made.text().id());
        assertEquals(made.key(), found);
        assertEquals(NOON, found.created());
        Pepper pepper = Pepper.find(folder).orElseThrow();
        assertEquals(found.hash(), HexFormat.of().formatHex(made.text().hash(pepper)));
        assertEquals(1, keys().list().generation());
    }

    @Test
    void nothingIsThereBeforeTheFirstKey() {
        assertEquals(KeyList.NONE, keys().list());
        assertFalse(Files.exists(data));
    }

    @Test
    void foldersAndFilesAreTheOwnersAlone() throws IOException {
        keys().create(wanted("one"));
        new TokenKeyFile(folder).findOrMake(RandomSource.secure());
        assertEquals("rwx------", mode(data.getParent()));
        assertEquals("rwx------", mode(data));
        assertEquals("rwx------", mode(folder.path()));
        try (Stream<Path> files = Files.list(folder.path())) {
            List<Path> all = files.sorted().toList();
            assertEquals(
                    List.of("keys.json", "keys.lock", "pepper", "token.key"),
                    all.stream().map(path -> path.getFileName().toString()).toList());
            for (Path file : all) {
                assertEquals("rw-------", mode(file), file.toString());
            }
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void whatIsOpenToOthersIsRefused() throws IOException {
        keys().create(wanted("one"));
        assertRefused(folder.path(), "rwxr-x---", "rwx-w----", "server: open to others: mode 0720 (expected 0700)");
        assertRefused(folder.path(), "rwxr-x---", "rwx-----x", "server: open to others: mode 0701 (expected 0700)");
        assertRefused(
                folder.path().resolve("pepper"),
                "rw-r-----",
                "rw----r--",
                "server/pepper: open to others: mode 0604 (expected 0600)");
        assertRefused(
                folder.path().resolve("keys.json"),
                "rw-r-----",
                "rw-rw----",
                "server/keys.json: open to others: mode 0660 (expected 0600)");
        assertRefused(data, "rwxrwxr-x", "rwxrwxrwx", "store " + data + ": open to others: mode 0777 (expected 0700)");
    }

    private void assertRefused(Path path, String fine, String open, String message) throws IOException {
        String before = mode(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(fine));
        keys().list();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(open));
        assertEquals(
                message,
                assertThrows(InvalidRequestException.class, () -> keys().list()).getMessage());
        assertThrows(InvalidRequestException.class, () -> keys().create(wanted("two")));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(before));
    }

    @Test
    void aKeyExpiresWhenItsTimeIsOver() {
        ApiKeys.Made made = keys().create(new ApiKeys.Wanted(
                "default", "x", List.of(Grant.parse("read:*")), KeyQuota.NONE, Duration.ofMinutes(1)));
        Instant end = NOON.plusSeconds(60);
        assertEquals(end, made.key().expires());
        assertEquals(ApiKey.State.LIVE, made.key().state(end.minusNanos(1)));
        assertEquals(ApiKey.State.EXPIRED, made.key().state(end));
        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThrows(
                    InvalidRequestException.class,
                    () -> keys().create(new ApiKeys.Wanted(
                            "default", "x", List.of(Grant.parse("read:*")), KeyQuota.NONE, none)));
        }
    }

    @Test
    void revokingIsForAllOrNone() {
        ApiKeys keys = keys();
        String one = keys.create(wanted("one")).key().id();
        String two = keys.create(wanted("two")).key().id();
        assertEquals(
                "key 000000000000: no such key",
                assertThrows(NotFoundException.class, () -> keys.revoke(List.of(one, "000000000000")))
                        .getMessage());
        assertEquals(ApiKey.State.LIVE, keys.list().key(one).state(NOON));
        assertEquals(2, keys.revoke(List.of(one, two)).size());
        assertEquals(NOON, keys.list().key(one).revoked());
        clock.advance(Duration.ofHours(1));
        assertEquals(List.of(), keys.revoke(List.of(two)), "it is revoked already");
        assertEquals(NOON, keys.list().key(two).revoked());
    }

    @Test
    void aKeyInThePlaceOfAnIdIsNotRepeated() {
        String text = keys().create(wanted("one")).text().reveal();
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> keys().revoke(List.of(text)));
        assertEquals(
                "key: no id (expected its 12 characters alone, as \"almagest key list\" shows them)", e.getMessage());
    }

    @Test
    void bothKeysAreLiveWhileARotationOverlaps() {
        ApiKeys keys = keys();
        ApiKeys.Made old = keys.create(new ApiKeys.Wanted(
                "t1",
                "x",
                List.of(Grant.parse("admin:a.*")),
                new KeyQuota(new Rate(1, 1), null, null, null),
                Duration.ofDays(90)));
        clock.set(NOON.plus(Duration.ofDays(80)));
        ApiKeys.Made fresh = keys.rotate(old.key().id(), Duration.ofHours(24));
        ApiKey replaced = keys.list().key(old.key().id());
        assertEquals(NOON.plus(Duration.ofDays(81)), replaced.expires());
        assertEquals(NOON.plus(Duration.ofDays(170)), fresh.key().expires(), "as long as the one before");
        assertEquals(old.key().id(), fresh.key().replaces());
        assertNotEquals(old.key().hash(), fresh.key().hash());
        assertNotEquals(old.key().id(), fresh.key().id());
        assertEquals(old.key().grants(), fresh.key().grants());
        assertEquals(old.key().quota(), fresh.key().quota());
        assertEquals(old.key().tenant(), fresh.key().tenant());
        assertEquals(fresh.key(), keys.list().successor(replaced).orElseThrow());
        assertTrue(replaced.opensTheSame(old.key()), "what it began goes on");
        assertEquals(
                "key " + old.key().id() + ": is replaced by " + fresh.key().id()
                        + " already (rotate that one, or revoke it)",
                assertThrows(
                                ConflictException.class,
                                () -> keys.rotate(old.key().id(), Duration.ZERO))
                        .getMessage());
        keys.revoke(List.of(fresh.key().id()));
        keys.rotate(old.key().id(), Duration.ofDays(100));
        assertEquals(
                NOON.plus(Duration.ofDays(81)),
                keys.list().key(old.key().id()).expires(),
                "an overlap makes no key live longer");
    }

    @Test
    void withoutOverlapTheOldKeyIsRefusedAtOnce() {
        ApiKeys keys = keys();
        String old = keys.create(wanted("x")).key().id();
        keys.rotate(old, Duration.ZERO);
        assertEquals(ApiKey.State.EXPIRED, keys.list().key(old).state(keys.now()));
        assertEquals(
                "key " + old + ": is expired (make a new one)",
                assertThrows(ConflictException.class, () -> keys.rotate(old, Duration.ZERO))
                        .getMessage());
    }

    @Test
    void onlyKeysThatOpenNothingAreForgotten() {
        ApiKeys keys = keys();
        String one = keys.create(wanted("one")).key().id();
        assertEquals(
                "key " + one + ": is live (revoke it first)",
                assertThrows(ConflictException.class, () -> keys.delete(List.of(one)))
                        .getMessage());
        keys.revoke(List.of(one));
        keys.delete(List.of(one));
        assertEquals(List.of(), keys.list().keys());
        assertThrows(NotFoundException.class, () -> keys.delete(List.of(one)));
    }

    @Test
    void aLostPepperIsSaidAndNotMadeAnew() throws IOException {
        keys().create(wanted("one"));
        Files.delete(folder.path().resolve("pepper"));
        assertEquals(
                "pepper: not there, so that all keys are void"
                        + " (put it back from a backup, or move keys.json away and make new keys)",
                assertThrows(ConflictException.class, () -> keys().create(wanted("two")))
                        .getMessage());
        Files.write(folder.path().resolve("pepper"), new byte[31]);
        Files.setPosixFilePermissions(folder.path().resolve("pepper"), PosixFilePermissions.fromString("rw-------"));
        assertEquals(
                "pepper: 31 bytes (expected 32) [server/pepper @ 0]",
                assertThrows(CorruptStoreException.class, () -> keys().create(wanted("two")))
                        .getMessage());
    }

    @Test
    void keysThatManyMakeAtOnceAreAllKept() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<List<String>>> made = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            ApiKeys own = new ApiKeys(folder, clock, RandomSource.secure()); // as processes have them
            made.add(threads.submit(() -> Stream.generate(() -> own.create(wanted("x")))
                    .limit(10)
                    .map(each -> each.key().id())
                    .toList()));
        }
        KeyList reading = KeyList.NONE;
        while (!made.stream().allMatch(Future::isDone)) {
            KeyList next = new KeyFile(folder).read(); // without a lock, always a whole file
            assertTrue(next.generation() >= reading.generation());
            reading = next;
        }
        KeyList all = keys().list();
        assertEquals(40, all.generation());
        assertEquals(40, all.keys().size());
        for (Future<List<String>> each : made) {
            each.get().forEach(all::key);
        }
        threads.shutdown();
    }

    @Test
    void aChangeThatFailsLeavesTheFileAndTheLock() throws IOException {
        keys().create(wanted("one"));
        byte[] before = Files.readAllBytes(folder.path().resolve("keys.json"));
        KeyFile file = new KeyFile(folder);
        assertThrows(
                IllegalStateException.class,
                () -> file.change(list -> {
                    throw new IllegalStateException("x");
                }));
        assertEquals(1, file.read().generation());
        assertEquals(new String(before), Files.readString(folder.path().resolve("keys.json")));
        keys().create(wanted("two"));
    }

    @Test
    void aHalfWrittenFileOfAKilledCommandIsReplaced() throws IOException {
        keys().create(wanted("one"));
        Files.writeString(folder.path().resolve("keys.json.tmp"), "{\"for");
        keys().create(wanted("two"));
        assertEquals(2, keys().list().keys().size());
        assertFalse(Files.exists(folder.path().resolve("keys.json.tmp")));
    }

    @Test
    void theStampChangesWithEveryChange() {
        KeyFile file = new KeyFile(folder);
        String none = file.stamp();
        String id = keys().create(wanted("one")).key().id();
        String first = file.stamp();
        keys().revoke(List.of(id));
        String second = file.stamp();
        assertEquals("none", none);
        assertNotEquals(none, first);
        assertNotEquals(first, second);
        assertEquals(second, file.stamp());
    }

    @Test
    void tenThousandKeysFitAndNotOneMore() {
        ApiKey one = keys().create(wanted("x".repeat(20))).key();
        List<ApiKey> many = new ArrayList<>();
        for (int i = 0; i < KeyList.KEYS_MAX; i++) {
            String id = Crockford.encodeHigh(((long) i) << 4, ApiKeyText.ID_DIGITS);
            many.add(new ApiKey(
                    id, one.hash(), one.tenant(), one.label(), one.grants(), one.quota(), NOON, null, null, null));
        }
        KeyFile file = new KeyFile(folder);
        KeyList full = file.change(list -> new KeyList(list.generation(), many));
        assertEquals(full, file.read());
        assertEquals(
                "keys: 10001 (at most 10000)",
                assertThrows(CatalogException.class, () -> file.change(list -> list.plus(one)))
                        .getMessage());
    }

    @Test
    void tokenKeysAreMadeOnceAndFourAreKept() throws IOException {
        TokenKeyFile tokens = new TokenKeyFile(folder);
        RandomSource random = new SplittableRandom(2)::nextLong;
        List<String> first = hex(tokens.findOrMake(random));
        assertEquals(1, first.size());
        assertEquals(first, hex(tokens.findOrMake(random)));
        List<String> all = new ArrayList<>(first);
        for (int i = 0; i < 5; i++) {
            List<String> rotated = hex(tokens.rotate(random));
            all.add(0, rotated.get(0));
            assertEquals(all.subList(0, Math.min(4, all.size())), rotated);
            assertEquals(rotated, hex(new TokenKeyFile(folder).findOrMake(random)));
        }
        assertEquals(6, all.stream().distinct().count());
        for (int length : new int[] {0, 31, 33, 127}) {
            Files.write(folder.path().resolve("token.key"), new byte[length]);
            assertEquals(
                    "token keys: " + length + " bytes (expected 32, 64, 96 or 128) [server/token.key @ 0]",
                    assertThrows(CorruptStoreException.class, () -> tokens.findOrMake(random))
                            .getMessage());
        }
        Files.write(folder.path().resolve("token.key"), new byte[129]);
        assertThrows(CorruptStoreException.class, () -> tokens.findOrMake(random));
    }

    private static List<String> hex(List<byte[]> keys) {
        return keys.stream().map(HexFormat.of()::formatHex).toList();
    }
}

package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.almagest.server.keys.ApiKeyText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandsTest {
    @TempDir
    Path folder;

    private Path store;

    @BeforeEach
    void nameAStore() {
        store = folder.resolve("data");
    }

    private String make(String... more) {
        List<String> args = new ArrayList<>(List.of("key", "create", "--label", "x"));
        args.addAll(List.of(more));
        return CliRun.ok(store, args.toArray(String[]::new)).strip();
    }

    private static String id(String key) {
        return ApiKeyText.parse(key).orElseThrow().id();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aKeyIsPrintedOnceAndListedWithoutItsSecret() {
        CliRun run = CliRun.of(
                store,
                "key",
                "create",
                "--label",
                "harvester",
                "--read",
                "*",
                "--write",
                "stac.*",
                "--expires",
                "90d",
                "--requests",
                "50/1s");
        assertEquals(0, run.status(), run.err());
        String key = run.out().strip();
        String id = id(key);
        assertTrue(run.err().startsWith("key " + id + " of tenant default for read:* write:stac.* until "), run.err());
        assertTrue(run.err().endsWith("Z; it is not shown again\n"), run.err());
        String list = CliRun.ok(store, "key", "list");
        assertTrue(list.contains(id) && list.contains("harvester") && list.contains("live"), list);
        String show = CliRun.ok(store, "key", "show", id);
        assertTrue(show.contains("may        read:* write:stac.*\n"), show);
        assertTrue(show.contains("requests   50/1s\n"), show);
        String json = CliRun.ok(store, "key", "list", "--json");
        assertTrue(json.startsWith("[{\"id\":\"" + id + "\",\"label\":\"harvester\",\"tenant\":\"default\""), json);
        assertTrue(json.contains("\"state\":\"live\",\"grants\":[\"read:*\",\"write:stac.*\"]"), json);
        assertTrue(json.contains("\"quota\":{\"requests\":\"50/1s\"}"), json);
    }

    @Test
    void aKeyMayGoIntoAFileOfItsOwn() throws IOException {
        Path out = folder.resolve("map.key");
        String id = make("--read", "*", "--out", out.toString());
        assertEquals(id, id(Files.readString(out).strip()));
        assertEquals("rw-------", mode(out));
        CliRun again = CliRun.of(store, "key", "create", "--label", "x", "--read", "*", "--out", out.toString());
        assertEquals(9, again.status());
        assertEquals("almagest: file " + out + ": already exists\n", again.err());
        assertEquals(1, CliRun.ok(store, "key", "list", "--json").split("\"id\"").length - 1, "no key without a file");
    }

    @Test
    void jsonHoldsIdAndKey() {
        String json = make("--admin", "*", "--json");
        String key = json.replaceAll(".*\"key\":\"([^\"]*)\"}", "$1");
        assertEquals("{\"id\":\"" + id(key) + "\",\"key\":\"" + key + "\"}", json);
    }

    @Test
    void revokedAndRotatedKeysAreSaidToBe() {
        String one = id(make("--read", "*"));
        String two =
                id(CliRun.ok(store, "key", "rotate", one, "--overlap", "1h").strip());
        assertTrue(CliRun.ok(store, "key", "list").contains("replaced until "));
        assertTrue(CliRun.ok(store, "key", "show", one).contains("replaced by " + two));
        assertTrue(CliRun.ok(store, "key", "show", two).contains("replaces   " + one));
        assertEquals("revoked " + two + " (x)\n", CliRun.ok(store, "key", "revoke", two));
        CliRun again = CliRun.of(store, "key", "revoke", two);
        assertEquals(0, again.status());
        assertEquals("the others were revoked before\n", again.err());
        CliRun live = CliRun.of(store, "key", "delete", one);
        assertEquals(9, live.status());
        assertEquals("almagest: key " + one + ": is live (revoke it first)\n", live.err());
        assertEquals("deleted " + two + " (x)\n", CliRun.ok(store, "key", "delete", two));
        assertEquals(8, CliRun.of(store, "key", "show", two).status());
    }

    @Test
    void keysOfOneTenantAreListed() {
        String one = id(make("--read", "*", "--tenant", "partner"));
        String two = id(make("--read", "*"));
        String list = CliRun.ok(store, "key", "list", "--tenant", "partner");
        assertTrue(list.contains(one) && !list.contains(two), list);
    }

    @Test
    void mistakesAreSaid() {
        CliRun nothing = CliRun.of(store, "key", "create", "--label", "x");
        assertEquals(1, nothing.status());
        assertTrue(nothing.err().startsWith("almagest: a key that may do nothing"), nothing.err());
        assertMistake("pattern: \"S2\"", "--read", "S2");
        assertMistake("tenant: \"../x\"", "--read", "*", "--tenant", "../x");
        assertMistake("--expires: \"1y\"", "--read", "*", "--expires", "1y");
        assertMistake("--requests: \"50\" is no quota", "--read", "*", "--requests", "50");
        assertMistake("key: grants: one is there twice", "--read", "a.b", "--read", "a.b");
        assertFalse(Files.exists(store.resolve("server/keys.json")));
        assertEquals(8, CliRun.of(store.resolve("none"), "key", "list").status());
        assertTrue(CliRun.of(store, "key").err().startsWith("almagest: no command (expected create, list"));
    }

    private void assertMistake(String start, String... more) {
        List<String> args = new ArrayList<>(List.of("key", "create", "--label", "x"));
        args.addAll(List.of(more));
        CliRun run = CliRun.of(store, args.toArray(String[]::new));
        assertEquals(2, run.status(), run.err());
        assertTrue(run.err().startsWith("almagest: " + start), run.err());
    }

    @Test
    void everyChangeIsInTheAuditLog() throws IOException {
        String one = id(make("--read", "*"));
        String two =
                id(CliRun.ok(store, "key", "rotate", one, "--overlap", "0s").strip());
        CliRun.ok(store, "key", "revoke", two);
        CliRun.ok(store, "key", "delete", one);
        CliRun.ok(store, "key", "rotate-tokens");
        List<String> lines = audit();
        assertEquals(5, lines.size());
        List<String> what = lines.stream()
                .map(line -> line.replaceAll(".*\"what\":\"([a-z.]*)\"(?:,\"target\":\"([^\"]*)\")?.*", "$1 $2"))
                .toList();
        assertEquals(
                List.of(
                        "key.created " + one,
                        "key.rotated " + two,
                        "key.revoked " + two,
                        "key.deleted " + one,
                        "tokens.rotated "),
                what);
        assertTrue(lines.get(0).contains("\"who\":\"cli:" + System.getProperty("user.name") + "\""), lines.get(0));
    }

    private List<String> audit() throws IOException {
        try (Stream<Path> files = Files.list(store.resolve("server/audit"))) {
            return Files.readAllLines(files.findFirst().orElseThrow());
        }
    }

    @Test
    void aKeyIsShownThoughTheAuditLogCannotBeWritten() throws IOException {
        String one = id(make("--read", "*"));
        Path audit = store.resolve("server/audit");
        Files.move(audit, store.resolve("server/aside"));
        Files.writeString(audit, "no folder");
        CliRun run = CliRun.of(store, "key", "create", "--label", "x", "--read", "*");
        assertEquals(5, run.status());
        assertTrue(run.err().contains("almagest: audit log: cannot be written"), run.err());
        assertTrue(CliRun.ok(store, "key", "list").contains(id(run.out().strip())));
        CliRun rotated = CliRun.of(store, "key", "rotate", one);
        assertEquals(5, rotated.status());
        assertTrue(CliRun.ok(store, "key", "list").contains(id(rotated.out().strip())));
    }

    @Test
    void whatIsRevokedAndDeletedIsSaidThoughTheAuditLogCannotBeWritten() throws IOException {
        String one = id(make("--read", "*"));
        String two = id(make("--read", "*"));
        Path audit = store.resolve("server/audit");
        Files.move(audit, store.resolve("server/aside"));
        Files.writeString(audit, "no folder");
        CliRun revoked = CliRun.of(store, "key", "revoke", one, two);
        assertEquals(5, revoked.status());
        assertEquals("revoked " + one + " (x)\nrevoked " + two + " (x)\n", revoked.out());
        CliRun deleted = CliRun.of(store, "key", "delete", one, two);
        assertEquals(5, deleted.status());
        assertEquals("deleted " + one + " (x)\ndeleted " + two + " (x)\n", deleted.out());
    }

    @Test
    void aKeyThatNeverEndsIsSaidToBeTooLong() {
        for (String days : List.of("36526d", "99999999d", "9999999999999d")) {
            assertMistake("key: expires: ", "--read", "*", "--expires", days);
        }
        String one = id(make("--read", "*", "--expires", "36525d"));
        CliRun rotated = CliRun.of(store, "key", "rotate", one, "--overlap", "99999999d");
        assertEquals(2, rotated.status(), rotated.err());
        assertEquals("almagest: key: overlap: 99999999 days (at most 36525)\n", rotated.err());
        CliRun.ok(store, "key", "list");
    }

    @Test
    void theKeyThatReplacesIsTheLastOneThatWasMade() {
        String one = id(make("--read", "*"));
        String first = id(CliRun.ok(store, "key", "rotate", one).strip());
        CliRun.ok(store, "key", "revoke", first);
        String second = id(CliRun.ok(store, "key", "rotate", one).strip());
        assertTrue(CliRun.ok(store, "key", "show", one).contains("replaced by " + second));
        CliRun third = CliRun.of(store, "key", "rotate", one);
        assertEquals(9, third.status(), "a live one replaces it");
        assertTrue(third.err().contains("is replaced by " + second + " already"), third.err());
    }

    @Test
    void aFileIsNotLeftBehindByAMistake() {
        Path out = folder.resolve("none.key");
        for (List<String> mistake : List.of(
                List.of("--read", "S2"),
                List.of("--read", "*", "--expires", "0s"),
                List.of("--read", "*", "--label", "a\tb"))) {
            List<String> args = new ArrayList<>(List.of("key", "create", "--out", out.toString()));
            if (!mistake.contains("--label")) {
                args.addAll(List.of("--label", "x"));
            }
            args.addAll(mistake);
            assertEquals(2, CliRun.of(store, args.toArray(String[]::new)).status(), mistake.toString());
            assertFalse(Files.exists(out), mistake.toString());
        }
        make("--read", "*", "--out", out.toString());
    }

    @Test
    void aFileIsNotLeftBehindWithoutAKey() {
        Path out = folder.resolve("none.key");
        make("--read", "*");
        CliRun run = CliRun.of(store, "key", "rotate", "000000000000", "--out", out.toString());
        assertEquals(8, run.status());
        assertFalse(Files.exists(out));
    }

    @Test
    void filesAndFoldersAreTheOwnersAfterEveryCommand() throws IOException {
        String one = id(make("--read", "*"));
        assertPrivate();
        for (List<String> command : List.of(
                List.of("list"),
                List.of("show", one),
                List.of("rotate", one, "--overlap", "0s"),
                List.of("delete", one),
                List.of("rotate-tokens"))) {
            List<String> args = new ArrayList<>(command);
            args.add(0, "key");
            CliRun.ok(store, args.toArray(String[]::new));
            assertPrivate();
        }
        CliRun.ok(store, "dataset", "create", "a.b", "--kind", "temporal");
        assertEquals("rwx------", mode(store), "the store of a folder that the keys made is closed to others");
    }

    @Test
    void aStoreThatACommandMakesIsItsOwnersAlone() throws IOException {
        CliRun.ok(store, "dataset", "create", "a.b", "--kind", "temporal");
        assertEquals("rwx------", mode(store));
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwx---"));
        CliRun.ok(shared, "dataset", "create", "a.b", "--kind", "temporal");
        assertEquals("rwxrwx---", mode(shared), "one that is there stays as it is");
    }

    private void assertPrivate() throws IOException {
        assertEquals("rwx------", mode(store));
        try (Stream<Path> all = Files.walk(store.resolve("server"))) {
            for (Path path : all.toList()) {
                assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------", mode(path), path.toString());
            }
        }
    }

    @Test
    void aStoreMayBeMadeAfterItsKeysAndKeepsThem() {
        make("--read", "*");
        CliRun.ok(store, "dataset", "create", "a.b", "--kind", "temporal");
        CliRun.ok(store, "verify", "--deep");
        CliRun.ok(store, "compact");
        CliRun.ok(store, "key", "list");
    }

    @Test
    void noFileAndNoOutputHoldsASecret() throws IOException {
        String key = make("--read", "*");
        String id = id(key);
        List<CliRun> runs = new ArrayList<>();
        String fresh = CliRun.ok(store, "key", "rotate", id).strip();
        for (String json : List.of("--json", "--verbose")) {
            runs.add(CliRun.of(store, "key", "list", json));
            runs.add(CliRun.of(store, "key", "show", id, json));
            // A whole key where an id belongs, and where nothing belongs.
            for (String verb : List.of("show", "revoke", "delete", "rotate")) {
                runs.add(CliRun.of(store, "key", verb, key, json));
            }
            runs.add(CliRun.of(store, "key", "show", id, key, json));
            runs.add(CliRun.of(store, "key", "list", key, json));
            runs.add(CliRun.of(store, "key", key, json));
            runs.add(CliRun.of(store, key, json));
            runs.add(CliRun.of(store, "info", key, json));
            runs.add(CliRun.of(store, "query", "a.b", "--where", key, "--all-time", json));
            runs.add(CliRun.of(store, "key", "create", "--label", "x", "--read", key, json));
            runs.add(CliRun.of(store, "key", "create", "--label", "for " + key, "--read", "*", json));
            runs.add(CliRun.of(store, "key", "create", "--label", "x", "--read", "*", "--tenant", key, json));
            runs.add(CliRun.of(store, "key", "create", "--label", "x", "--read", "*", "--requests", key, json));
            runs.add(CliRun.of(store, "key", "create", "--label", "x", "--read", "*", "--key=" + key, json));
        }
        StringBuilder all = new StringBuilder();
        runs.forEach(run -> all.append(run.out()).append(run.err()));
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        for (String secret : List.of(key, fresh)) {
            for (String spelling : spellings(secret)) {
                assertFalse(all.indexOf(spelling) >= 0, () -> {
                    int at = all.indexOf(spelling);
                    return all.substring(Math.max(0, at - 200), Math.min(all.length(), at + 100));
                });
            }
        }
    }

    /** Returns the secret part of a key as it might lie about: in digits, and its bytes in four ways. */
    private static List<String> spellings(String key) {
        String digits = key.substring(17, 17 + 52);
        byte[] bytes = new java.math.BigInteger(1, decode(digits)).toByteArray();
        byte[] last = java.util.Arrays.copyOfRange(bytes, Math.max(0, bytes.length - 30), bytes.length - 1);
        return List.of(
                digits.substring(0, 26),
                digits.substring(26),
                new StringBuilder(digits).reverse().substring(0, 26),
                HexFormat.of().formatHex(last).substring(0, 24),
                Base64.getEncoder().encodeToString(last).substring(0, 16),
                Base64.getUrlEncoder().encodeToString(last).substring(0, 16),
                new String(last, StandardCharsets.ISO_8859_1).substring(0, 12));
    }

    private static byte[] decode(String digits) {
        java.math.BigInteger value = java.math.BigInteger.ZERO;
        for (char c : digits.toCharArray()) {
            value = value.shiftLeft(5).or(java.math.BigInteger.valueOf("0123456789abcdefghjkmnpqrstvwxyz".indexOf(c)));
        }
        byte[] bytes = value.shiftRight(4).toByteArray();
        byte[] whole = new byte[32];
        int from = Math.max(0, bytes.length - 32);
        System.arraycopy(bytes, from, whole, 32 - (bytes.length - from), bytes.length - from);
        return whole;
    }
}

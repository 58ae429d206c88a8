package org.almagest.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.almagest.runtime.Clock;
import org.almagest.server.config.SettingsReader.Flag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files under {@code resources/tls} are for localhost, valid for a hundred years, and protect nothing. */
class TlsFilesTest {
    private static final Clock NOW = () -> Instant.parse("2030-01-01T00:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private Path certificate = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void putThemDown() throws IOException {
        certificate = copy("ec.crt", "certificate.pem");
        key = copy("ec.key", "key.pem");
    }

    private Path copy(String resource, String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = Objects.requireNonNull(TlsFilesTest.class.getResourceAsStream("/tls/" + resource))) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private TlsFiles open(Clock clock) {
        List<Flag> flags = new ArrayList<>();
        flags.add(new Flag("", "tls.certificate", certificate.toString()));
        flags.add(new Flag("", "tls.key", key.toString()));
        return TlsFiles.open(
                        SettingsReader.read(Optional.empty(), Map.of(), flags).settings(), clock)
                .orElseThrow();
    }

    private String problem() {
        return assertThrows(InvalidRequestException.class, () -> open(NOW)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec", "rsa", "ed"})
    void keysOfEachKindAreRead(String kind) throws IOException {
        copy(kind + ".crt", "certificate.pem");
        copy(kind + ".key", "key.pem");
        TlsPair pair = open(NOW).current();
        assertEquals(1, pair.chain().size());
        assertTrue(pair.clientAuthorities().isEmpty());
    }

    @Test
    void nothingIsOpenedWhereNothingIsNamed() {
        assertTrue(TlsFiles.open(Settings.defaults(), NOW).isEmpty());
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws IOException {
        copy("rsa.key", "key.pem");
        assertEquals("tls.key: " + key + ": is not the key of the certificate", problem());
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(
                "tls.key: " + key + ": open to others: mode rw-r--r-- (expected rw------- or rw-r-----)", problem());
    }

    @Test
    void anExpiredCertificateIsRefused() {
        String message = assertThrows(
                        InvalidRequestException.class, () -> open(() -> Instant.parse("2300-01-01T00:00:00Z")))
                .getMessage();
        assertTrue(message.startsWith("tls.certificate: " + certificate + ": expired at 21"), message);
    }

    @Test
    void whatIsNoKeyOrCertificateIsRefused() throws IOException {
        Files.writeString(key, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertEquals(
                "tls.key: " + key + ": is encrypted (expected what \"openssl pkcs8 -topk8 -nocrypt\" writes)",
                problem());
        Files.writeString(certificate, "hello");
        assertEquals("tls.certificate: " + certificate + ": no certificate in it (expected PEM)", problem());
        Files.delete(certificate);
        assertEquals("tls.certificate: " + certificate + ": cannot be read: NoSuchFileException", problem());
    }

    @Test
    void changedFilesAreTakenOverAndBrokenOnesAreNot() throws IOException {
        TlsFiles files = open(NOW);
        TlsPair first = files.current();
        assertFalse(files.poll(), "nothing changed");

        Files.writeString(certificate, "half a file");
        touch(1);
        assertThrows(InvalidRequestException.class, files::poll);
        assertFalse(files.poll(), "told once");
        assertEquals(first, files.current());

        copy("rsa.crt", "certificate.pem");
        copy("rsa.key", "key.pem");
        touch(2);
        assertTrue(files.poll());
        assertEquals("RSA", files.current().key().getAlgorithm());
    }

    @Test
    void whatCouldNotBeReadOnceIsReadLater() throws IOException {
        TlsFiles files = open(NOW);
        copy("rsa.crt", "certificate.pem");
        copy("rsa.key", "key.pem");
        touch(1);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(InvalidRequestException.class, files::poll);
        assertFalse(files.poll(), "told once");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------")); // changes no time, no size
        assertTrue(files.poll());
        assertEquals("RSA", files.current().key().getAlgorithm());
    }

    private void touch(int seconds) throws IOException {
        Files.setLastModifiedTime(
                certificate, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(seconds)));
    }
}

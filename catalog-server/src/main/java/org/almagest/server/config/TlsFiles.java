package org.almagest.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.runtime.Clock;

/**
 * Certificate and key of the server, read again when their files change.
 *
 * <p>Any number of threads may ask for the present pair while one looks at the files.
 */
public final class TlsFiles {
    /** The versions of TLS that are spoken. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** The cipher suites that are taken: forward secrecy and authenticated encryption only. */
    public static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final long BYTES_MAX = 1 << 20;

    private final Path certificate;
    private final Path key;
    private final Optional<Path> clientAuthority;
    private final Clock clock;

    private List<String> stamps; // of what is current
    private List<String> told; // of what could not be used
    private volatile TlsPair current;

    private TlsFiles(Path certificate, Path key, Optional<Path> clientAuthority, Clock clock) {
        this.certificate = certificate;
        this.key = key;
        this.clientAuthority = clientAuthority;
        this.clock = clock;
        this.stamps = stamps();
        this.told = stamps;
        this.current = read();
    }

    /**
     * Reads the files the settings name; nothing where they name none.
     *
     * @throws InvalidRequestException if a file cannot be read, does not hold what it must, is expired, or the key
     *     belongs to another certificate or may be read by others
     */
    public static Optional<TlsFiles> open(Settings settings, Clock clock) {
        String certificate = settings.of(Settings.TLS_CERTIFICATE);
        if (certificate.isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> authority = Optional.of(settings.of(Settings.TLS_CLIENT_CA))
                .filter(name -> !name.isEmpty())
                .map(Path::of);
        return Optional.of(
                new TlsFiles(Path.of(certificate), Path.of(settings.of(Settings.TLS_KEY)), authority, clock));
    }

    /** Returns the present pair. */
    public TlsPair current() {
        return current;
    }

    /** Returns when the certificate of the server ends. */
    public Instant expires() {
        return current.chain().get(0).getNotAfter().toInstant();
    }

    /**
     * Looks at the files and takes over what changed; tells whether it did.
     *
     * @throws InvalidRequestException once for each change that cannot be used; the present pair stays
     */
    public synchronized boolean poll() {
        List<String> now = stamps();
        if (now.equals(stamps)) {
            return false;
        }
        TlsPair next;
        try {
            next = read();
        } catch (InvalidRequestException e) {
            if (now.equals(told)) {
                return false; // looked at again all the same: what was in the way may have gone
            }
            told = now;
            throw e;
        }
        stamps = now;
        boolean changed = !next.chain().equals(current.chain())
                || !next.clientAuthorities().equals(current.clientAuthorities());
        current = next;
        return changed;
    }

    private TlsPair read() {
        mustBePrivate();
        String certificates = text("tls.certificate", certificate);
        return PemText.pair(
                new PemText("tls.certificate: " + certificate, certificates),
                new PemText("tls.key: " + key, text("tls.key", key)),
                clientAuthority.map(file -> new PemText("tls.client-ca: " + file, text("tls.client-ca", file))),
                clock.now());
    }

    private static String text(String setting, Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new InvalidRequestException(
                        setting + ": " + file, Files.size(file) + " bytes (at most " + BYTES_MAX + ")");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new InvalidRequestException(
                    setting + ": " + file, "cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private void mustBePrivate() {
        try {
            Set<PosixFilePermission> modes = Files.getPosixFilePermissions(key);
            if (modes.contains(PosixFilePermission.OTHERS_READ) || modes.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new InvalidRequestException(
                        "tls.key: " + key,
                        "open to others: mode " + PosixFilePermissions.toString(modes)
                                + " (expected rw------- or rw-r-----)");
            }
        } catch (IOException e) {
            throw new InvalidRequestException(
                    "tls.key: " + key, "cannot be read: " + e.getClass().getSimpleName(), e);
        } catch (UnsupportedOperationException e) {
            return; // a file system without modes
        }
    }

    /** Returns what changes when somebody writes or exchanges a file. */
    private List<String> stamps() {
        List<String> all = new ArrayList<>();
        for (Path file :
                clientAuthority.map(third -> List.of(certificate, key, third)).orElse(List.of(certificate, key))) {
            try {
                all.add(Files.size(file) + " " + Files.getLastModifiedTime(file));
            } catch (IOException e) {
                all.add("absent");
            }
        }
        return all;
    }
}

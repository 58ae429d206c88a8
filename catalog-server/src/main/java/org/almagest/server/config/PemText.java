package org.almagest.server.config;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;

/** The text of a PEM file, with how errors name it; no error repeats any of it. */
record PemText(String subject, String text) {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** Kinds of keys with the signature that proves that a key fits a certificate. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    static TlsPair pair(PemText certificate, PemText key, Optional<PemText> authority, Instant now) {
        List<X509Certificate> chain = certificate.certificates();
        X509Certificate leaf = chain.get(0);
        if (leaf.getNotAfter().toInstant().isBefore(now)) {
            throw new InvalidRequestException(
                    certificate.subject(), "expired at " + leaf.getNotAfter().toInstant());
        }
        PrivateKey secret = key.privateKey();
        if (!fits(secret, leaf.getPublicKey())) {
            throw new InvalidRequestException(key.subject(), "is not the key of the certificate");
        }
        return new TlsPair(secret, chain, authority.map(PemText::certificates).orElse(List.of()));
    }

    private List<X509Certificate> certificates() {
        List<X509Certificate> found = CERTIFICATE
                .matcher(text)
                .results()
                .map(match -> certificate(bytes(match.group(1))))
                .toList();
        if (found.isEmpty()) {
            throw new InvalidRequestException(subject, "no certificate in it (expected PEM)");
        }
        return found;
    }

    private X509Certificate certificate(byte[] bytes) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException e) {
            throw new InvalidRequestException(subject, "no X.509 certificate", e);
        }
    }

    private PrivateKey privateKey() {
        Matcher match = PRIVATE_KEY.matcher(text);
        if (!match.find()) {
            boolean encrypted = text.contains("ENCRYPTED");
            boolean older = text.contains("-----BEGIN RSA PRIVATE KEY") || text.contains("-----BEGIN EC PRIVATE KEY");
            String problem = encrypted ? "is encrypted" : older ? "is not PKCS 8" : "no private key in it";
            throw new InvalidRequestException(
                    subject, problem + " (expected what \"openssl pkcs8 -topk8 -nocrypt\" writes)");
        }
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(bytes(match.group(1)));
        for (String algorithm : SIGNATURES.keySet()) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                continue; // of another kind
            } catch (GeneralSecurityException e) {
                throw new InvalidRequestException(subject, "cannot be read by this Java", e);
            }
        }
        throw new InvalidRequestException(subject, "no key of RSA, EC or Ed25519");
    }

    private byte[] bytes(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(subject, "no base64 between its lines", e);
        }
    }

    private static boolean fits(PrivateKey secret, PublicKey known) {
        byte[] probe = "does this key belong here".getBytes(StandardCharsets.US_ASCII);
        String algorithm = SIGNATURES.getOrDefault(secret.getAlgorithm(), "EdDSA");
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(secret);
            signing.update(probe);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(known);
            verifying.update(probe);
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // of different kinds
        }
    }
}

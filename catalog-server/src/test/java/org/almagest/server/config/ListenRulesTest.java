package org.almagest.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almagest.server.config.ListenRules.Insecure;
import org.almagest.server.config.ListenRules.Keys;
import org.almagest.server.config.SettingsReader.Flag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenRulesTest {
    private static Settings settings(String address, String tls, String required) {
        List<Flag> flags = new ArrayList<>();
        flags.add(new Flag("", "listen.address", address));
        flags.add(new Flag("", "keys.required", required));
        if (tls.equals("yes")) {
            flags.add(new Flag("", "tls.certificate", "/c.pem"));
            flags.add(new Flag("", "tls.key", "/k.pem"));
        }
        return SettingsReader.read(Optional.empty(), Map.of(), flags).settings();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 0, no,  REFUSED, starts,  NOT_ASKED",
        "localhost, 0, yes, REFUSED, starts,  NOT_ASKED",
        "::1,       0, no,  REFUSED, starts,  NOT_ASKED",
        "127.0.0.1, 2, no,  REFUSED, starts,  REQUIRED",
        "0.0.0.0,   0, no,  REFUSED, refused, NOT_ASKED",
        "0.0.0.0,   0, yes, REFUSED, refused, NOT_ASKED",
        "0.0.0.0,   1, no,  REFUSED, refused, REQUIRED",
        "0.0.0.0,   1, yes, REFUSED, starts,  REQUIRED",
        "::,        0, no,  REFUSED, refused, NOT_ASKED",
        "0.0.0.0,   0, no,  ALLOWED, starts,  NOT_ASKED",
        "0.0.0.0,   1, no,  ALLOWED, starts,  REQUIRED",
        "0.0.0.0,   1, yes, ALLOWED, starts,  REQUIRED"
    })
    void whatStartsWhere(String address, int keyCount, String tls, Insecure insecure, String outcome, Keys keys) {
        ListenRules rules = ListenRules.check(settings(address, tls, "auto"), keyCount, insecure);
        assertEquals(outcome, rules.problems().isEmpty() ? "starts" : "refused");
        assertEquals(keys, rules.keys());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.0.0.0 | 0 | no | auto | listen.address: 0.0.0.0 is not loopback: needs tls.certificate and at least one key (or --insecure)",
                "0.0.0.0 | 1 | no | auto | listen.address: 0.0.0.0 is not loopback: needs tls.certificate (or --insecure)",
                "0.0.0.0 | 0 | yes | auto | listen.address: 0.0.0.0 is not loopback: needs at least one key (or --insecure)",
                "0.0.0.0 | 1 | yes | false | keys.required: false needs a loopback address (or --insecure)",
                "127.0.0.1 | 0 | no | true | keys.required: true, and there is no key (make one with \"almagest key create\")",
                "no such host | 0 | no | auto | listen.address: \"no such host\" is no address of this machine"
            })
    void sayWhatIsMissing(String address, int keyCount, String tls, String required, String problem) {
        assertEquals(
                List.of(problem),
                ListenRules.check(settings(address, tls, required), keyCount, Insecure.REFUSED)
                        .problems());
    }

    private static List<String> problems(Insecure insecure, int keyCount, String... settings) {
        List<Flag> flags = new ArrayList<>();
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            flags.add(new Flag("", parts[0], parts[1]));
        }
        Settings read = SettingsReader.read(Optional.empty(), Map.of(), flags).settings();
        return ListenRules.check(read, keyCount, insecure).problems();
    }

    @Test
    void metricsStayOnThisMachineToo() {
        String problem = "metrics.address: 0.0.0.0 is not loopback, and metrics ask for no key (or --insecure)";
        assertEquals(List.of(problem), problems(Insecure.REFUSED, 1, "metrics.address=0.0.0.0", "metrics.port=9100"));
        assertEquals(List.of(), problems(Insecure.ALLOWED, 1, "metrics.address=0.0.0.0", "metrics.port=9100"));
        assertEquals(List.of(), problems(Insecure.REFUSED, 1, "metrics.address=0.0.0.0"), "off");
    }

    @Test
    void pagesOfOtherOriginsNeedKeys() {
        String problem = "cors.origins: without keys pages of these origins could change everything: needs at least one"
                + " key (or --insecure)";
        assertEquals(List.of(problem), problems(Insecure.REFUSED, 0, "cors.origins=*"));
        assertEquals(List.of(), problems(Insecure.REFUSED, 1, "cors.origins=*"));
    }
}

package org.almagest.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "0.0.0.0/0, 9.9.9.9, true",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fe00::1, false",
        "0.0.0.0/0, ::1, false"
    })
    void holdsWhatBeginsWithItsBits(String network, String address, boolean held) throws UnknownHostException {
        assertEquals(held, Networks.parse("", List.of(network)).test(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "", "fd00::/129"})
    void otherTextIsRefused(String text) {
        InvalidRequestException e = assertThrows(
                InvalidRequestException.class, () -> Networks.parse("listen.trusted-proxies", List.of(text)));
        assertEquals(
                "listen.trusted-proxies: \"" + text + "\" is no network (expected such as 10.0.0.0/8)", e.getMessage());
    }
}

package org.almagest.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;

/** Networks such as {@code 10.0.0.0/8} or {@code fd00::/8}; one address is a network of itself. */
public final class Networks implements Predicate<InetAddress> {
    private final List<Network> networks;

    private record Network(byte[] bits, int length) {
        boolean holds(byte[] address) {
            if (address.length != bits.length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                int mask = 0x80 >> i % 8;
                if ((address[i / 8] & mask) != (bits[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private Networks(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /**
     * Reads them.
     *
     * @throws InvalidRequestException if one is no network; names are not looked up
     */
    public static Networks parse(String subject, List<String> texts) {
        List<Network> networks = new ArrayList<>();
        for (String text : texts) {
            networks.add(network(subject, text));
        }
        return new Networks(networks);
    }

    private static Network network(String subject, String text) {
        String[] parts = text.split("/", 2);
        try {
            if (!parts[0].matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) { // else a name, which is not asked for
                throw new UnknownHostException(text);
            }
            byte[] bits = InetAddress.getByName(parts[0]).getAddress();
            int length = parts.length == 1 ? bits.length * 8 : Integer.parseInt(parts[1]);
            if (length < 0 || length > bits.length * 8) {
                throw new NumberFormatException(text);
            }
            return new Network(bits, length);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new InvalidRequestException(
                    subject, Quoted.text(text) + " is no network (expected such as 10.0.0.0/8)", e);
        }
    }

    /** Tells whether there is none. */
    public boolean isEmpty() {
        return networks.isEmpty();
    }

    @Override
    public boolean test(InetAddress address) {
        byte[] bits = address.getAddress();
        return networks.stream().anyMatch(network -> network.holds(bits));
    }
}

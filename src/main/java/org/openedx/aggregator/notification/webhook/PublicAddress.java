package org.openedx.aggregator.notification.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

import io.netty.util.NetUtil;

/**
 * Which addresses are on the public Internet: not those that IANA's special-purpose registries reserve, behind which
 * systems may be that trust whoever can reach them, as the metadata of a cloud at 169.254.169.254.
 */
final class PublicAddress {

    private static final List<Range> RESERVED_4 = List.of(range("0.0.0.0", 8), range("10.0.0.0", 8), range("100.64.0.0", 10),
            range("127.0.0.0", 8), range("169.254.0.0", 16), range("172.16.0.0", 12), range("192.0.0.0", 24),
            range("192.0.2.0", 24), range("192.88.99.0", 24), range("192.168.0.0", 16), range("198.18.0.0", 15),
            range("198.51.100.0", 24), range("203.0.113.0", 24), range("224.0.0.0", 3));

    // All of global unicast but what leads to an IPv4 address or into a document.
    private static final Range GLOBAL_6 = range("2000::", 3);
    private static final List<Range> RESERVED_6 = List.of(range("2001::", 23), range("2001:db8::", 32), range("2002::", 16),
            range("3fff::", 20));

    private PublicAddress() {
    }

    static boolean is(InetAddress address) {
        var bytes = address.getAddress();
        return address instanceof Inet4Address
                ? RESERVED_4.stream().noneMatch(range -> range.contains(bytes))
                : GLOBAL_6.contains(bytes) && RESERVED_6.stream().noneMatch(range -> range.contains(bytes));
    }

    private static Range range(String address, int bits) {
        return new Range(NetUtil.createByteArrayFromIpAddressString(address), bits);
    }

    private record Range(byte[] start, int bits) {

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((start[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}

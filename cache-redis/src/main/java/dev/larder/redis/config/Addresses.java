package dev.larder.redis.config;

import java.net.URI;
import java.util.Collection;

/** Checks addresses, and repeats in messages no more of one than its host, since a password could be in it. */
public final class Addresses {

    private Addresses() {}

    /**
     * Refuses what is no address of a server, and addresses of which some are of TLS and some are not.
     *
     * @param setting where they stand
     * @throws IllegalArgumentException that names the setting, and the step that helps
     */
    public static void check(String setting, Collection<URI> addresses) {
        addresses.forEach(address -> check(setting, address));
        URI first = addresses.stream().findFirst().orElse(null);
        for (URI address : addresses) {
            if (first != null && isEncrypted(address) != isEncrypted(first)) {
                throw refusal(
                        setting,
                        "mixes redis:// and rediss://, at " + first.getHost() + " and " + address.getHost()
                                + "; write one of them for all");
            }
        }
    }

    private static void check(String setting, URI address) {
        if (!"redis".equals(address.getScheme()) && !isEncrypted(address)) {
            throw refusal(setting, "must begin with redis:// or, for TLS, rediss://");
        }
        if (address.getRawAuthority() != null && address.getRawAuthority().contains("@")) {
            throw refusal(setting, "must not hold a user or a password; write them into \"auth\"");
        }
        if (address.getHost() == null) {
            throw refusal(setting, "names no host" + unreadable(address) + "; write redis://host:port");
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw refusal(setting, "must end with the port or the database; the rest has settings of its own");
        }
        database(setting, address);
    }

    /** An underscore is what a name most often has that is none for Java; anything more unusual could be a password. */
    private static String unreadable(URI address) {
        String name = String.valueOf(address.getRawAuthority()).replaceFirst(":.*", "");
        return name.matches("[A-Za-z0-9._-]*_[A-Za-z0-9._-]*")
                ? " that Java can read: " + name + ", as names of hosts have no underscores"
                : "";
    }

    private static IllegalArgumentException refusal(String setting, String rule) {
        return new IllegalArgumentException("\"" + setting + "\" " + rule);
    }

    /** Whether an address is one of TLS. */
    public static boolean isEncrypted(URI address) {
        return "rediss".equals(address.getScheme());
    }

    /** Returns the number of the database in an address, zero if it has none. */
    public static int database(String setting, URI address) {
        String path = address.getRawPath();
        if (path == null || path.isEmpty() || path.equals("/")) {
            return 0;
        }
        if (!path.matches("/[0-9]{1,4}")) {
            throw refusal(setting, "must end with the port or the number of a database: redis://host:port/1");
        }
        return Integer.parseInt(path.substring(1));
    }
}

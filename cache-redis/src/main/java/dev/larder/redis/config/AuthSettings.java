package dev.larder.redis.config;

import dev.larder.redis.auth.CredentialsProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who the store is to the server. Exactly one of {@code password}, {@code passwordFile} and {@code iam} is set.
 *
 * @param username the ACL user; null for the server's default user
 * @param password of that user
 * @param passwordFile a file that holds the password, and may change
 * @param iam authentication by IAM, at ElastiCache or MemoryDB
 */
public record AuthSettings(
        @Nullable String username,
        @Nullable String password,
        @Nullable String passwordFile,
        @Nullable IamSettings iam) {

    /** The JSON schema of this record. */
    public static final String SCHEMA =
            """
            {
              "description": "Who the store is to the server. One of password, passwordFile and iam.",
              "type": "object",
              "properties": {
                "username": { "type": "string", "description": "The ACL user. Default: the server's default user." },
                "password": { "type": "string", "writeOnly": true },
                "passwordFile": { "type": "string", "description": "A file with the password. Read again every 5 seconds." },
                "iam": %s
              },
              "additionalProperties": false
            }
            """.formatted(IamSettings.SCHEMA.indent(4).strip());

    /** Checks that there is one way to authenticate. */
    public AuthSettings {
        List<String> ways = ways(password, passwordFile, iam);
        if (ways.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"auth\" says nothing; write \"password\", \"passwordFile\" or \"iam\", or leave \"auth\" out");
        }
        if (ways.size() > 1) {
            throw new IllegalArgumentException(
                    String.join(" and ", ways) + " cannot be combined; leave all but one of them out");
        }
        if (iam != null && username != null) {
            throw new IllegalArgumentException(
                    "\"username\" cannot be combined with \"iam\"; write \"user\" into \"iam\"");
        }
        requireText(username, "username", "leave it out for the default user");
        requireText(password, "password", "leave \"auth\" out if the server asks for none");
        requireText(passwordFile, "passwordFile", "write the path of the file");
    }

    private static List<String> ways(
            @Nullable String password, @Nullable String passwordFile, @Nullable IamSettings iam) {
        List<String> ways = new ArrayList<>();
        if (password != null) {
            ways.add("\"password\"");
        }
        if (passwordFile != null) {
            ways.add("\"passwordFile\"");
        }
        if (iam != null) {
            ways.add("\"iam\"");
        }
        return ways;
    }

    private static void requireText(@Nullable String value, String name, String step) {
        if (value != null && value.isBlank()) {
            throw new IllegalArgumentException("\"" + name + "\" is empty; " + step);
        }
    }

    /** Whether the server takes these credentials over TLS only. */
    public boolean needsTls() {
        return iam != null;
    }

    /**
     * Returns what tells the credentials.
     *
     * @throws dev.larder.redis.auth.CredentialsException if the AWS region is needed and not known
     */
    public CredentialsProvider provider() {
        if (iam != null) {
            return iam.provider();
        }
        return passwordFile != null
                ? CredentialsProvider.file(username, Path.of(passwordFile))
                : CredentialsProvider.fixed(username, String.valueOf(password));
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "AuthSettings[username=" + username + ", password=" + Secret.masked(password) + ", passwordFile="
                + passwordFile + ", iam=" + iam + "]";
    }
}

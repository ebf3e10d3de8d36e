package dev.larder.redis.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the token that ElastiCache and MemoryDB take in place of a password: a request to connect, presigned by Signature Version 4, without
 * its {@code http://}.
 *
 * <pre>
 *     my-cache/?Action=connect&amp;User=iam-user-01&amp;X-Amz-Algorithm=AWS4-HMAC-SHA256&amp;...&amp;X-Amz-Signature=745e...
 * </pre>
 *
 * <p>Nothing is sent to sign it. It opens connections for 15 minutes, or until temporary credentials end that it was signed with.
 */
final class IamToken {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String TERMINATOR = "aws4_request";
    private static final int EXPIRES_SECONDS = 900;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private IamToken() {}

    static String sign(IamCache cache, AwsCredentials credentials, Instant now) {
        String time = TIME.format(now);
        String scope = String.join(
                "/", time.substring(0, 8), cache.region(), cache.service().signingName(), TERMINATOR);
        String query = query(parameters(cache, credentials, time, scope));
        String toSign = String.join("\n", ALGORITHM, time, scope, hex(sha256(request(cache.name(), query))));
        String signature = hex(hmac(key(credentials, scope), toSign));
        return cache.name() + "/?" + query + "&X-Amz-Signature=" + signature;
    }

    /** Sorted by name, as what is signed must be. */
    private static Map<String, String> parameters(
            IamCache cache, AwsCredentials credentials, String time, String scope) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("Action", "connect");
        parameters.put("User", cache.user());
        if (cache.isServerless()) {
            parameters.put("ResourceType", "ServerlessCache");
        }
        parameters.put("X-Amz-Algorithm", ALGORITHM);
        parameters.put("X-Amz-Credential", credentials.accessKeyId() + "/" + scope);
        parameters.put("X-Amz-Date", time);
        parameters.put("X-Amz-Expires", String.valueOf(EXPIRES_SECONDS));
        parameters.put("X-Amz-SignedHeaders", "host");
        String sessionToken = credentials.sessionToken();
        if (sessionToken != null) {
            parameters.put("X-Amz-Security-Token", sessionToken);
        }
        return parameters;
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Method, path, query, headers with an empty line behind, names of the signed ones, hash of the empty body. */
    private static String request(String host, String query) {
        return String.join("\n", "GET", "/", query, "host:" + host, "", "host", hex(sha256("")));
    }

    private static byte[] key(AwsCredentials credentials, String scope) {
        byte[] key = bytes("AWS4" + credentials.secretAccessKey());
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return key;
    }

    /** Encodes all but what RFC 3986 calls unreserved, in upper case, a space as {@code %20}. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : bytes(text)) {
            char character = (char) (each & 0xff);
            if (isUnreserved(character)) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes(text));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

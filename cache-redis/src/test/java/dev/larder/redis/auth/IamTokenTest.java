package dev.larder.redis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures that the AWS SDK's signer makes too, those of the AWS sample application among them. */
class IamTokenTest {

    private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");
    private static final String ID = "AKIDEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String SESSION_TOKEN = "IQoJb3JpZ2luX2VjEXAMPLE+token/with=chars";
    private static final IamCache PROVISIONED = IamCache.elastiCache("iam-user-01", "my-cache", "us-east-1");
    private static final IamCache SERVERLESS = IamCache.serverless("iam-user-01", "my-cache", "us-east-1");
    private static final IamCache MEMORY_DB = IamCache.memoryDb("iam-user-01", "my-cluster", "us-east-1");

    @Test
    void provisionedCacheIsSignedAsByTheSdk() {
        assertThat(signature(PROVISIONED, AwsCredentials.of(ID, SECRET)))
                .isEqualTo("745eca37bd260419f3bb46e440046fbce10766b85fd97a177b6b72fb319d58e8");
    }

    @Test
    void serverlessCacheIsSignedAsByTheSdk() {
        assertThat(signature(SERVERLESS, AwsCredentials.of(ID, SECRET)))
                .isEqualTo("5bd447c70867338729996542ee1430ea343572b8278e4aac073b1cbb51198dc5");
    }

    @Test
    void sessionTokenIsSignedAsByTheSdk() {
        assertThat(signature(PROVISIONED, AwsCredentials.of(ID, SECRET, SESSION_TOKEN)))
                .isEqualTo("73db7d0b6e5b3680c8a9cefb1e04b2c37fbf258a6cc2571ba229f46b26e2bc2c");
    }

    @Test
    void sessionTokenForServerlessCacheIsSignedAsByTheSdk() {
        assertThat(signature(SERVERLESS, AwsCredentials.of(ID, SECRET, SESSION_TOKEN)))
                .isEqualTo("54c6b03ac500fe6ed7df9773b210cf414ee6ace8c999c7ac680e5e932d6c3844");
    }

    /** What botocore makes of the same request: the signer of the AWS SDK for Python. */
    @Test
    void memoryDbIsSignedUnderItsOwnName() {
        assertThat(parameters(IamToken.sign(MEMORY_DB, AwsCredentials.of(ID, SECRET), TIME)))
                .containsEntry("X-Amz-Credential", "AKIDEXAMPLE/20150830/us-east-1/memorydb/aws4_request")
                .doesNotContainKey("ResourceType");
        assertThat(signature(MEMORY_DB, AwsCredentials.of(ID, SECRET)))
                .isEqualTo("7dcd4d618e41f47dc1161f98fbee8756a5dc5fa80b9e7e60f0863446cd8bcd92");
        assertThat(signature(MEMORY_DB, AwsCredentials.of(ID, SECRET, SESSION_TOKEN)))
                .isEqualTo("b45386cb70b723afad3a8794857011d4b48cf04e1b1f55711d581c063e1706fa");
    }

    @Test
    void memoryDbHasNoServerlessCaches() {
        assertThat(catchThrowable(
                        () -> new IamCache(IamService.MEMORYDB, "iam-user-01", "my-cluster", "us-east-1", true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("serverless");
    }

    @ParameterizedTest
    @CsvSource({
        ", 9e361603d85874bce06114c6644725ed113e3b11ae6fa92efdf10c6bcf5de8d7",
        "fakeSessionToken, bbce2bd61bd78461297ecb92e7001ddbeab2d85906c3cbedad6c9b81fb3466dc"
    })
    void signatureIsThatOfTheAwsSample(String sessionToken, String signature) {
        IamCache cache = IamCache.elastiCache("my-user-id", "my-replication-group-id", "eu-west-1");
        AwsCredentials credentials = new AwsCredentials("fakeAccessKeyId", "fakeSecretKey", sessionToken, null);

        String token = IamToken.sign(cache, credentials, Instant.parse("2025-01-01T00:00:00Z"));

        assertThat(parameters(token)).containsEntry("X-Amz-Signature", signature);
    }

    @Test
    void tokenIsTheUrlWithoutItsScheme() {
        String token = IamToken.sign(SERVERLESS, AwsCredentials.of(ID, SECRET, SESSION_TOKEN), TIME);

        assertThat(token).startsWith("my-cache/?Action=connect&");
        assertThat(parameters(token))
                .containsOnlyKeys(
                        "Action",
                        "ResourceType",
                        "User",
                        "X-Amz-Algorithm",
                        "X-Amz-Credential",
                        "X-Amz-Date",
                        "X-Amz-Expires",
                        "X-Amz-Security-Token",
                        "X-Amz-Signature",
                        "X-Amz-SignedHeaders")
                .containsEntry("ResourceType", "ServerlessCache")
                .containsEntry("User", "iam-user-01")
                .containsEntry("X-Amz-Algorithm", "AWS4-HMAC-SHA256")
                .containsEntry("X-Amz-Credential", "AKIDEXAMPLE/20150830/us-east-1/elasticache/aws4_request")
                .containsEntry("X-Amz-Date", "20150830T123600Z")
                .containsEntry("X-Amz-Expires", "900")
                .containsEntry("X-Amz-SignedHeaders", "host")
                .containsEntry("X-Amz-Security-Token", SESSION_TOKEN);
    }

    @Test
    void charactersOfTheSessionTokenAreEncodedInTheToken() {
        String token = IamToken.sign(PROVISIONED, AwsCredentials.of(ID, SECRET, SESSION_TOKEN), TIME);

        assertThat(token).contains("X-Amz-Security-Token=IQoJb3JpZ2luX2VjEXAMPLE%2Btoken%2Fwith%3Dchars&");
    }

    @Test
    void onlyUnreservedCharactersOfRfc3986StandForThemselves() {
        assertThat(IamToken.encode("AZaz09-._~")).isEqualTo("AZaz09-._~");
        assertThat(IamToken.encode(" *+/=&%:é")).isEqualTo("%20%2A%2B%2F%3D%26%25%3A%C3%A9");
    }

    @Test
    void nameOfTheCacheIsMadeLowerCase() {
        IamCache shouting = IamCache.elastiCache("iam-user-01", "My-Cache", "us-east-1");

        assertThat(signature(shouting, AwsCredentials.of(ID, SECRET)))
                .isEqualTo(signature(PROVISIONED, AwsCredentials.of(ID, SECRET)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-cache.abc.use1.cache.amazonaws.com", "my-cache:6379", "rediss://my-cache"})
    void endpointInPlaceOfTheNameIsRefused(String cache) {
        assertThat(catchThrowable(() -> IamCache.elastiCache("iam-user-01", cache, "us-east-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not its endpoint");
    }

    private static String signature(IamCache cache, AwsCredentials credentials) {
        return parameters(IamToken.sign(cache, credentials, TIME)).get("X-Amz-Signature");
    }

    private static Map<String, String> parameters(String token) {
        String query = token.substring(token.indexOf('?') + 1);
        return Arrays.stream(query.split("&", -1))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(
                        parameter -> parameter[0],
                        parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8)));
    }
}

package dev.larder.redis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.redis.auth.Credentials;
import dev.larder.redis.auth.IamCredentialsProvider;
import dev.larder.redis.auth.IamService;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class SecuritySettingsTest {

    private static final IamSettings IAM = new IamSettings(null, "iam-user-01", "my-cache", "eu-west-1", true, null);

    @TempDir
    private Path directory;

    @Test
    void passwordOfAUserIsProvided() {
        AuthSettings auth = new AuthSettings("app", "secret", null, null);

        assertThat(auth.provider().grant().credentials()).isEqualTo(Credentials.of("app", "secret"));
        assertThat(auth.needsTls()).isFalse();
    }

    @Test
    void passwordOfAFileIsProvided() throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "secret\n");
        AuthSettings auth = new AuthSettings(null, null, file.toString(), null);

        assertThat(auth.provider().grant().credentials()).isEqualTo(Credentials.of(null, "secret"));
    }

    @Test
    void iamIsProvidedAndNeedsTls() {
        AuthSettings auth = new AuthSettings(null, null, null, IAM);

        assertThat(auth.provider())
                .isInstanceOf(IamCredentialsProvider.class)
                .hasToString("IamCredentialsProvider[IamCache[service=ELASTICACHE, user=iam-user-01, name=my-cache, "
                        + "region=eu-west-1, isServerless=true]]");
        assertThat(auth.needsTls()).isTrue();
    }

    @Test
    void oneWayToAuthenticateIsNeeded() {
        assertThatThrownBy(() -> new AuthSettings("app", null, null, null))
                .hasMessageContaining("write \"password\", \"passwordFile\" or \"iam\"");
    }

    @Test
    void waysToAuthenticateAreNotCombined() {
        assertThatThrownBy(() -> new AuthSettings(null, "secret", "/p", IAM))
                .hasMessageStartingWith("\"password\" and \"passwordFile\" and \"iam\" cannot be combined")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new AuthSettings("app", null, null, IAM))
                .hasMessageContaining("write \"user\" into \"iam\"");
    }

    @Test
    void emptyTextsAreRefused() {
        assertThatThrownBy(() -> new AuthSettings("app", "", null, null))
                .hasMessageStartingWith("\"password\" is empty");
        assertThatThrownBy(() -> new AuthSettings(" ", "secret", null, null))
                .hasMessageStartingWith("\"username\" is empty");
    }

    @Test
    void iamNeedsUserAndNameOfTheCache() {
        assertThatThrownBy(() -> new IamSettings(null, null, "my-cache", null, null, null))
                .hasMessageStartingWith("\"user\" is missing");
        assertThatThrownBy(() -> new IamSettings(null, "iam-user-01", null, null, null, null))
                .hasMessageStartingWith("\"cache\" is missing");
        assertThatThrownBy(() -> new IamSettings(null, "iam-user-01", "my-cache.x.amazonaws.com", null, null, null))
                .hasMessageContaining("\"cache\" must be the name of")
                .hasMessageContaining("not its endpoint");
    }

    @Test
    void iamOfMemoryDbIsProvided() {
        IamSettings iam = new IamSettings(IamService.MEMORYDB, "app", "my-cluster", "eu-west-1", null, null);

        assertThat(new AuthSettings(null, null, null, iam).provider())
                .hasToString("IamCredentialsProvider[IamCache[service=MEMORYDB, user=app, name=my-cluster, "
                        + "region=eu-west-1, isServerless=false]]");
        assertThatThrownBy(() -> new IamSettings(IamService.MEMORYDB, "app", "my-cluster", null, true, null))
                .hasMessageContaining("serverless");
    }

    @Test
    void nothingSaidOfTlsIsTheTlsOfTheJdk() {
        assertThat(tls(null, null, null, null, null, null, null, null).tls())
                .hasToString("Tls[trusting what the JDK trusts, presenting nothing, TLSv1.3 TLSv1.2]");
    }

    @Test
    void filesOfTlsAreUsed() {
        assertThat(tls("ca.pem", null, "c.pem", "c.key", "secret", null, null, List.of("TLSv1.3"))
                        .tls())
                .hasToString("Tls[trusting ca.pem, presenting c.pem and c.key, TLSv1.3]");
        assertThat(tls("ca.p12", "secret", null, null, null, "c.p12", "secret", null)
                        .tls())
                .hasToString("Tls[trusting ca.p12, presenting c.p12, TLSv1.3 TLSv1.2]");
    }

    @Test
    void halvesOfTlsSettingsAreRefused() {
        assertThatThrownBy(() -> tls(null, "secret", null, null, null, null, null, null))
                .hasMessage("\"trustPassword\" is set and \"trust\" is not; write both, or neither");
        assertThatThrownBy(() -> tls(null, null, "c.pem", null, null, null, null, null))
                .hasMessageContaining("\"key\" is not");
        assertThatThrownBy(() -> tls(null, null, null, "c.key", null, null, null, null))
                .hasMessageContaining("\"certificate\" is not");
        assertThatThrownBy(() -> tls(null, null, null, null, "secret", null, null, null))
                .hasMessageContaining("\"key\" is not");
        assertThatThrownBy(() -> tls(null, null, null, null, null, "c.p12", null, null))
                .hasMessageContaining("\"keyStorePassword\" is not");
        assertThatThrownBy(() -> tls(null, null, null, null, null, null, "secret", null))
                .hasMessageContaining("\"keyStore\" is not");
        assertThatThrownBy(() -> tls(null, null, "c.pem", "c.key", null, "c.p12", "secret", null))
                .hasMessageContaining("cannot be combined");
    }

    @Test
    void oldVersionOfTlsIsRefused() {
        assertThatThrownBy(() -> tls(null, null, null, null, null, null, null, List.of("SSLv3")))
                .hasMessageStartingWith("\"protocols\": SSLv3");
    }

    @Test
    void schemasHaveTheComponentsOfTheirRecords() {
        assertSchema(AuthSettings.SCHEMA, AuthSettings.class);
        assertSchema(IamSettings.SCHEMA, IamSettings.class);
        assertSchema(TlsSettings.SCHEMA, TlsSettings.class);
    }

    @Test
    void passwordsAreMarkedAsSecretInTheSchemas() {
        assertThat(secrets(AuthSettings.SCHEMA)).containsExactly("password");
        assertThat(secrets(TlsSettings.SCHEMA))
                .containsExactlyInAnyOrder("trustPassword", "keyPassword", "keyStorePassword");
    }

    private static void assertSchema(String schema, Class<? extends Record> type) {
        assertThat(properties(schema).keySet())
                .containsExactlyElementsOf(Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    private static List<String> secrets(String schema) {
        return properties(schema).entrySet().stream()
                .filter(property -> Boolean.TRUE.equals(property.getValue().get("writeOnly")))
                .map(Map.Entry::getKey)
                .toList();
    }

    @SuppressWarnings("unchecked") // a schema is an object with objects in it
    private static Map<String, Map<String, Object>> properties(String schema) {
        Map<String, Object> read = JsonMapper.shared().readValue(schema, Map.class);
        return (Map<String, Map<String, Object>>) read.get("properties");
    }

    private static TlsSettings tls(
            String trust,
            String trustPassword,
            String certificate,
            String key,
            String keyPassword,
            String keyStore,
            String keyStorePassword,
            List<String> protocols) {
        return new TlsSettings(
                trust, trustPassword, certificate, key, keyPassword, keyStore, keyStorePassword, protocols);
    }
}

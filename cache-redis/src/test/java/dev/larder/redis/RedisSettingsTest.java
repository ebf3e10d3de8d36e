package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.redis.config.Ack;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

class RedisSettingsTest {

    private static final String SECRET = "planted-5ecret";
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    @Test
    void nothingSaidIsAServerOnThisMachine() {
        RedisSettings settings = read("{}");

        assertThat(settings.uri()).hasToString("redis://127.0.0.1:6379");
        assertThat(settings.prefix()).isEqualTo("larder:");
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.queue()).isEqualTo(10_000);
        assertThat(settings.staleReads()).isFalse();
        assertThat(settings.ack()).isEqualTo(Ack.PRIMARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'uri': 'rediss://primary.example:6379/2', 'auth': {'password': 'p'}, 'tls': {'trust': 'ca.pem'}}",
                "{'uri': 'rediss://clustercfg.example:6379', 'topology': 'cluster'}",
                "{'nodes': ['redis://a:7000', 'redis://b:7000'], 'topology': 'cluster'}",
                "{'sentinel': {'master': 'm', 'nodes': ['redis://a:26379'], 'auth': {'password': 'p'}}}",
                "{'uri': 'redis://p', 'readers': ['redis://r'], 'readFrom': 'replica', 'staleReads': true}",
                "{'nodes': ['redis://a'], 'topology': 'cluster', 'readFrom': 'replica', 'staleReads': true}",
                "{'sentinel': {'master': 'm', 'nodes': ['redis://a']}, 'readFrom': 'replica', 'staleReads': true}",
                "{'uri': 'redis://p', 'ack': 'primary'}",
                "{'uri': 'redis://p', 'ack': 'replicas(2)'}",
                "{'uri': 'rediss://c', 'auth': {'iam': {'user': 'app', 'cache': 'c', 'region': 'eu-west-1'}}}"
            })
    void eachTopologyIsSaidInAFewWords(String json) {
        assertThat(read(json)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'uri': 'http://a'}                                              | "uri" must begin with redis:// or, for TLS, rediss://
            {'uri': 'redis://app:planted-5ecret@a'}                          | "uri" must not hold a user or a password; write them into "auth"
            {'uri': 'redis://planted-5ecret@a'}                              | "uri" must not hold a user or a password; write them into "auth"
            {'uri': 'redis://a?timeout=1s'}                                  | "uri" must end with the port or the database
            {'uri': 'redis://a/cache'}                                       | the number of a database
            {'uri': 'redis:a'}                                               | names no host; write redis://host:port
            {'uri': 'redis://a', 'nodes': ['redis://b']}                     | "uri" cannot be combined with "nodes"
            {'nodes': ['redis://b']}                                         | write "topology": "cluster", or one "uri"
            {'nodes': ['redis://b', 'rediss://c'], 'topology': 'cluster'}    | "nodes" mixes redis:// and rediss://, at b and c; write one of them for all
            {'uri': 'redis://a/1', 'topology': 'cluster'}                    | a cluster has database 0 alone
            {'uri': 'redis://a', 'sentinel': {'master': 'm', 'nodes': ['redis://b']}} | leave "uri" and "nodes" out
            {'topology': 'cluster', 'sentinel': {'master': 'm', 'nodes': ['redis://b']}} | a cluster has no sentinels
            {'sentinel': {'nodes': ['redis://b']}}                           | "master" is missing in "sentinel"
            {'sentinel': {'master': 'm'}}                                    | "nodes" is missing in "sentinel"
            {'sentinel': {'master': 'm', 'nodes': ['redis://b/3']}}          | "sentinel.nodes" must end with the port: b; servers that are found by sentinels are used with database 0 alone, so give the store a "prefix" of its own in place of a database
            {'uri': 'redis://a', 'readFrom': 'replica', 'readers': ['redis://b']} | write "staleReads": true beside it
            {'uri': 'redis://a', 'staleReads': true}                         | "staleReads" does nothing but with "readFrom"
            {'uri': 'redis://a', 'readers': ['redis://b']}                   | "readers" are asked with "readFrom": "replica" alone
            {'uri': 'redis://a', 'readFrom': 'replica', 'staleReads': true}  | needs "readers"
            {'uri': 'redis://a', 'topology': 'cluster', 'readers': ['redis://b']} | leave "readers" out
            {'uri': 'redis://a', 'readers': ['rediss://b'], 'readFrom': 'replica', 'staleReads': true} | mix redis:// and rediss://, as b shows
            {'uri': 'redis://a', 'readers': ['redis://b/1'], 'readFrom': 'replica', 'staleReads': true} | name different databases, as b shows; write the same at the end of each
            {'uri': 'redis://a', 'tls': {'trust': 'ca.pem'}}                 | write rediss://, or leave "tls" out
            {'uri': 'redis://a', 'auth': {'iam': {'user': 'u', 'cache': 'c'}}} | "iam" needs TLS
            {'uri': 'redis://a', 'clientName': 'a b'}                        | "clientName" must be of printable letters without spaces: "a b"
            {'uri': 'redis://a', 'prefix': ''}                               | "prefix" is empty; write a word and a colon, such as shop:
            {'uri': 'redis://a', 'prefix': '{shop}:', 'topology': 'cluster'} | "prefix" has braces, which put all keys of the cluster into one slot; leave them out: {shop}:
            {'uri': 'redis://my_cache:6379'}                                 | "uri" names no host that Java can read: my_cache, as names of hosts have no underscores; write redis://host:port
            {'uri': 'redis://a', 'ack': 'replica'}                           | "ack" must be "primary", or "replicas(n)" with n from 1 to 99: "replica"; write "replicas(1)"
            {'uri': 'redis://a', 'ack': 'replicas(0)'}                       | "replicas(n)" with n from 1 to 99: "replicas(0)"
            {'uri': 'redis://a', 'queue': 0}                                 | "queue" must be positive: 0
            {'uri': 'redis://a', 'connectTimeout': 'PT0S'}                   | "connectTimeout" must be at least 1ms: 0ms
            """)
    void whatDoesNotGoTogetherIsRefusedWithTheStepThatHelps(String json, String message) {
        Throwable refused = catchThrowable(() -> read(json));

        assertThat(refused)
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining(message);
        assertThat(stackTrace(refused.getCause())).doesNotContain(SECRET);
    }

    @Test
    void noSecretIsShown() {
        RedisSettings settings = read("""
                {"sentinel": {"master": "m", "nodes": ["rediss://a"], "auth": {"password": "planted-5ecret"}},
                 "auth": {"username": "app", "password": "planted-5ecret"},
                 "tls": {"trust": "t.p12", "trustPassword": "planted-5ecret", "keyStore": "k.p12", "keyStorePassword": "planted-5ecret"}}
                """);

        assertThat(settings.toString()).doesNotContain(SECRET).contains("app", "t.p12", "***");
    }

    @Test
    void withersChangeOneThing() {
        RedisSettings settings = read("{'uri': 'redis://a', 'queue': 7}").withPrefix("other:");

        assertThat(settings.prefix()).isEqualTo("other:");
        assertThat(settings.queue()).isEqualTo(7);
        assertThat(settings.withAck(Ack.replicas(2)).ack()).hasToString("replicas(2)");
        assertThat(settings.withAck(Ack.replicas(2)).prefix()).isEqualTo("other:");
        assertThatThrownBy(() -> settings.withPrefix(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    @SuppressWarnings("unchecked") // a schema is an object with objects in it
    void schemaHasTheComponentsOfTheRecord() {
        Map<String, Object> schema = JsonMapper.shared().readValue(new RedisProvider().schema(), Map.class);

        assertThat(((Map<String, Object>) schema.get("properties")).keySet())
                .containsExactlyElementsOf(Arrays.stream(RedisSettings.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    private static RedisSettings read(String json) {
        return STRICT.readValue(json.replace('\'', '"'), RedisSettings.class);
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

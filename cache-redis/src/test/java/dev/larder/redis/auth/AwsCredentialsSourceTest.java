package dev.larder.redis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsCredentialsSourceTest {

    @TempDir
    private Path home;

    private final Map<String, String> variables = new HashMap<>();

    @Test
    void environmentHasKeys() {
        variables.put("AWS_ACCESS_KEY_ID", "id");
        variables.put("AWS_SECRET_ACCESS_KEY", "secret");

        assertThat(new EnvironmentAwsCredentials(variables::get).credentials())
                .isEqualTo(AwsCredentials.of("id", "secret"));
    }

    @Test
    void environmentHasTemporaryKeys() {
        variables.put("AWS_ACCESS_KEY_ID", "id");
        variables.put("AWS_SECRET_ACCESS_KEY", "secret");
        variables.put("AWS_SESSION_TOKEN", "session");

        assertThat(new EnvironmentAwsCredentials(variables::get).credentials())
                .isEqualTo(AwsCredentials.of("id", "secret", "session"));
    }

    @Test
    void halfOfTheEnvironmentIsNamed() {
        variables.put("AWS_ACCESS_KEY_ID", "id");

        assertThatThrownBy(() -> new EnvironmentAwsCredentials(variables::get).credentials())
                .isInstanceOf(CredentialsException.class)
                .hasMessageStartingWith("the environment variable AWS_SECRET_ACCESS_KEY is not set");
    }

    @Test
    void profileFileIsReadWithItsCommentsAndNestedProperties() throws IOException {
        writeAws("credentials", """
                stray = 1
                # the first comment
                [default] ; behind a section
                aws_access_key_id = id#1   # a comment
                AWS_SECRET_ACCESS_KEY=se=cret;1 ; another
                s3 =
                  aws_session_token = nested
                ; the last comment
                [ other ]
                aws_access_key_id = wrong
                """);

        assertThat(profile(null).credentials()).isEqualTo(AwsCredentials.of("id#1", "se=cret;1"));
    }

    @Test
    void profileIsTheOneThatWasAskedFor() throws IOException {
        variables.put("AWS_PROFILE", "default");
        writeAws("config", """
                [profile   staging]
                aws_access_key_id = id
                aws_secret_access_key = secret
                aws_session_token = session
                """);

        assertThat(profile("staging").credentials()).isEqualTo(AwsCredentials.of("id", "secret", "session"));
    }

    @Test
    void profileIsThatOfTheEnvironment() throws IOException {
        variables.put("AWS_PROFILE", "staging");
        writeAws("credentials", "[staging]\naws_access_key_id = id\naws_secret_access_key = secret\n");

        assertThat(profile(null).credentials()).isEqualTo(AwsCredentials.of("id", "secret"));
    }

    @Test
    void credentialsFileGoesBeforeTheConfigFile() throws IOException {
        writeAws("config", "[default]\naws_access_key_id = old\naws_secret_access_key = old\n");
        writeAws("credentials", "[default]\naws_access_key_id = id\naws_secret_access_key = secret\n");

        assertThat(profile(null).credentials()).isEqualTo(AwsCredentials.of("id", "secret"));
    }

    @Test
    void filesMayLieElsewhere() throws IOException {
        variables.put("AWS_SHARED_CREDENTIALS_FILE", "~/keys");
        Files.writeString(home.resolve("keys"), "[default]\naws_access_key_id = id\naws_secret_access_key = secret\n");

        assertThat(profile(null).credentials()).isEqualTo(AwsCredentials.of("id", "secret"));
    }

    @Test
    void changedFileIsReadAgain() throws IOException {
        writeAws("credentials", "[default]\naws_access_key_id = id\naws_secret_access_key = one\n");
        AwsCredentialsSource source = profile(null);
        source.credentials();

        writeAws("credentials", "[default]\naws_access_key_id = id\naws_secret_access_key = two\n");

        assertThat(source.credentials()).isEqualTo(AwsCredentials.of("id", "two"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"role_arn", "sso_session", "sso_start_url", "web_identity_token_file", "credential_process"})
    void profileThatLeadsElsewhereNeedsTheSdk(String property) throws IOException {
        writeAws("config", "[profile staging]\n" + property + " = x\n");

        assertThatThrownBy(() -> profile("staging").credentials())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("\"staging\"")
                .hasMessageContaining(property)
                .hasMessageContaining("software.amazon.awssdk:auth");
    }

    @Test
    void roleGoesBeforeKeys() throws IOException {
        writeAws(
                "credentials", "[default]\naws_access_key_id = id\naws_secret_access_key = secret\nrole_arn = arn:x\n");

        assertThatThrownBy(() -> profile(null).credentials()).hasMessageContaining("role_arn");
    }

    @Test
    void keysGoBeforeAProcess() throws IOException {
        writeAws(
                "credentials",
                "[default]\naws_access_key_id = id\naws_secret_access_key = secret\ncredential_process = x\n");

        assertThat(profile(null).credentials()).isEqualTo(AwsCredentials.of("id", "secret"));
    }

    @Test
    void missingProfileIsNamedWithItsFiles() {
        assertThatThrownBy(() -> profile("staging").credentials())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("the profile \"staging\"")
                .hasMessageContaining(
                        home.resolve(".aws").resolve("credentials").toString())
                .hasMessageContaining("does not exist");
    }

    @Test
    void missingSecretOfAProfileIsNamed() throws IOException {
        writeAws("credentials", "[default]\naws_access_key_id = id\n");

        assertThatThrownBy(() -> profile(null).credentials()).hasMessageEndingWith("has no aws_secret_access_key");
    }

    @Test
    void chainTakesTheEnvironmentFirst() throws IOException {
        variables.put("AWS_ACCESS_KEY_ID", "id");
        variables.put("AWS_SECRET_ACCESS_KEY", "secret");
        writeAws("credentials", "[default]\naws_access_key_id = other\naws_secret_access_key = other\n");

        assertThat(chain(null).credentials()).isEqualTo(AwsCredentials.of("id", "secret"));
    }

    @Test
    void chainTakesTheProfileNext() throws IOException {
        writeAws("credentials", "[default]\naws_access_key_id = id\naws_secret_access_key = secret\n");

        assertThat(chain(null).credentials()).isEqualTo(AwsCredentials.of("id", "secret"));
    }

    @Test
    void chainTakesAProfileThatWasAskedForBeforeTheEnvironment() throws IOException {
        variables.put("AWS_ACCESS_KEY_ID", "other");
        variables.put("AWS_SECRET_ACCESS_KEY", "other");
        writeAws("credentials", "[staging]\naws_access_key_id = id\naws_secret_access_key = secret\n");

        assertThat(chain("staging").credentials()).isEqualTo(AwsCredentials.of("id", "secret"));
    }

    @Test
    void chainThatFindsNothingTellsAllThatWasTried() {
        assertThatThrownBy(() -> chain(null).credentials())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("AWS SDK")
                .hasMessageContaining("AWS_ACCESS_KEY_ID")
                .hasMessageContaining("\"default\"")
                .hasMessageContaining("credentials")
                .hasMessageContaining("config");
    }

    @Test
    void sdkIsAskedIfItIsThere() {
        assertThat(AwsSdk.isPresent()).isTrue();
        assertThat(AwsSdk.isPresent("software.amazon.awssdk.Absent")).isFalse();
        assertThat(AwsCredentialsSource.defaults(null)).isInstanceOf(AwsSdkCredentialsSource.class);
    }

    @Test
    void providerOfTheSdkIsAdapted() {
        StaticCredentialsProvider provider =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));

        assertThat(AwsSdkCredentialsSource.of(provider).credentials()).isEqualTo(AwsCredentials.of("id", "secret"));
    }

    @Test
    void sessionOfTheSdkIsAdapted() {
        Instant end = Instant.parse("2026-01-01T00:00:00Z");
        StaticCredentialsProvider provider = StaticCredentialsProvider.create(AwsSessionCredentials.builder()
                .accessKeyId("id")
                .secretAccessKey("secret")
                .sessionToken("session")
                .expirationTime(end)
                .build());

        assertThat(AwsSdkCredentialsSource.of(provider).credentials())
                .isEqualTo(new AwsCredentials("id", "secret", "session", end));
    }

    @Test
    void failureOfTheSdkIsAFailureOfCredentials() {
        AwsCredentialsSource source = AwsSdkCredentialsSource.of(() -> {
            throw SdkClientException.create("no instance metadata");
        });

        assertThatThrownBy(source::credentials)
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("no instance metadata");
    }

    @Test
    void anonymousProviderOfTheSdkHasNoCredentials() {
        AwsCredentialsSource source = AwsSdkCredentialsSource.of(AnonymousCredentialsProvider.create());

        assertThatThrownBy(source::credentials)
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("no access key");
    }

    @Test
    void regionIsLookedForInTheEnvironmentThenInTheProfile() throws IOException {
        writeAws("config", "[default]\nregion = one\n");
        assertThat(region(null)).isEqualTo("one");

        variables.put("AWS_DEFAULT_REGION", "two");
        assertThat(region(null)).isEqualTo("two");

        variables.put("AWS_REGION", "three");
        assertThat(region(null)).isEqualTo("three");
    }

    @Test
    void missingRegionTellsWhereItCanBeSet() {
        assertThatThrownBy(() -> region("staging"))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("\"region\"")
                .hasMessageContaining("AWS_REGION")
                .hasMessageContaining("\"staging\"");
    }

    private String region(String profile) {
        return AwsRegion.find(variables::get, profiles(), profile);
    }

    private AwsCredentialsSource profile(String profile) {
        return new ProfileAwsCredentials(profiles(), profile);
    }

    private AwsCredentialsSource chain(String profile) {
        return new DefaultAwsCredentials(variables::get, profiles(), profile);
    }

    private AwsProfiles profiles() {
        return new AwsProfiles(variables::get, home);
    }

    private void writeAws(String name, String text) throws IOException {
        Path directory = Files.createDirectories(home.resolve(".aws"));
        Files.writeString(directory.resolve(name), text);
    }
}

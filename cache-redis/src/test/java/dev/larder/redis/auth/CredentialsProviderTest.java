package dev.larder.redis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsProviderTest {

    @TempDir
    private Path directory;

    @Test
    void fixedCredentialsAreNeverAskedForAgain() {
        Grant grant = CredentialsProvider.fixed("app", "secret").grant();

        assertThat(grant.credentials()).isEqualTo(Credentials.of("app", "secret"));
        assertThat(grant.askAgainAfter()).isNull();
    }

    @Test
    void supplierIsAskedEachTime() {
        String[] password = {"one"};
        CredentialsProvider provider =
                CredentialsProvider.from(() -> Credentials.of("app", password[0]), Duration.ofMinutes(1));

        Grant first = provider.grant();
        password[0] = "two";
        Grant second = provider.grant();

        assertThat(first.credentials()).isEqualTo(Credentials.of("app", "one"));
        assertThat(second.credentials()).isEqualTo(Credentials.of("app", "two"));
        assertThat(second.askAgainAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void changedFileIsReadAgain() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "one\n");
        CredentialsProvider provider = CredentialsProvider.file(null, file);

        Grant first = provider.grant();
        Files.setLastModifiedTime(Files.writeString(file, "two\r\n"), Files.getLastModifiedTime(file));
        Grant second = provider.grant();

        assertThat(first.credentials()).isEqualTo(Credentials.of(null, "one"));
        assertThat(second.credentials()).isEqualTo(Credentials.of(null, "two"));
        assertThat(second.askAgainAfter()).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void blanksInAFileBelongToThePassword() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), " a b \n");

        assertThat(CredentialsProvider.file(null, file).grant().credentials()).isEqualTo(Credentials.of(null, " a b "));
    }

    @Test
    void missingFileIsNamed() {
        Path file = directory.resolve("absent");

        assertThatThrownBy(() -> CredentialsProvider.file("app", file).grant())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("does it exist");
    }

    @Test
    void emptyFileIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "\n");

        assertThatThrownBy(() -> CredentialsProvider.file("app", file).grant())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining(file + " is empty");
    }

    @Test
    void hugeFileIsNoPassword() throws IOException {
        Path file = Files.write(directory.resolve("core"), new byte[100_000]);

        assertThatThrownBy(() -> CredentialsProvider.file("app", file).grant())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("is it the right file?");
    }

    @Test
    void variableHoldsThePassword() {
        assertThat(new PasswordVariable("app", "PASSWORD", Map.of("PASSWORD", "secret")::get).grant())
                .isEqualTo(Grant.forGood(Credentials.of("app", "secret")));
    }

    @Test
    void missingVariableIsNamed() {
        assertThatThrownBy(() -> CredentialsProvider.environment("app", "LARDER_TEST_NOT_SET")
                        .grant())
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("LARDER_TEST_NOT_SET");
    }

    @Test
    void credentialsAreEqualIfUserAndPasswordAre() {
        assertThat(Credentials.of("app", "secret"))
                .isEqualTo(Credentials.of("app", "secret".toCharArray()))
                .hasSameHashCodeAs(Credentials.of("app", "secret"))
                .isNotEqualTo(Credentials.of("app", "other"))
                .isNotEqualTo(Credentials.of(null, "secret"));
    }

    @Test
    void passwordIsCopiedInAndOut() {
        char[] password = "secret".toCharArray();
        Credentials credentials = Credentials.of("app", password);

        password[0] = 'x';
        credentials.password()[0] = 'x';

        assertThat(credentials).isEqualTo(Credentials.of("app", "secret"));
    }

    @Test
    void emptyPasswordAndBlankUserAreRefused() {
        assertThatThrownBy(() -> Credentials.of("app", "")).hasMessage("the password of user \"app\" is empty");
        assertThatThrownBy(() -> Credentials.of(" ", "secret")).hasMessageContaining("the username is blank");
    }
}

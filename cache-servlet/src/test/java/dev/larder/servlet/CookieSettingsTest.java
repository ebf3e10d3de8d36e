package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieSettingsTest {

    /** A request as far as a cookie depends on it. */
    private static HttpServletRequest request(boolean isSecure, String contextPath) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                CookieSettingsTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> method.getName().equals("isSecure") ? (Object) isSecure : contextPath);
    }

    @Test
    void cookieIsSecureIfTheRequestIs() {
        CookieSettings defaults = CookieSettings.defaults();

        assertThat(defaults.headerFor(request(true, ""), "id"))
                .isEqualTo("SESSION=id; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(defaults.headerFor(request(false, "/shop"), "id"))
                .isEqualTo("SESSION=id; Path=/shop; HttpOnly; SameSite=Lax");
    }

    @Test
    void everythingCanBeSaid() {
        CookieSettings settings = CookieSettings.builder()
                .name("id")
                .path("/app")
                .domain("example.com")
                .maxAge(Duration.ofDays(1))
                .secure(true)
                .httpOnly(false)
                .sameSite(SameSite.NONE)
                .partitioned(true)
                .build();

        assertThat(settings.headerFor(request(false, ""), "x"))
                .isEqualTo("id=x; Path=/app; Domain=example.com; Max-Age=86400; Secure; SameSite=None; Partitioned");
        assertThat(settings.removalFor(request(false, "")))
                .isEqualTo("id=; Path=/app; Domain=example.com; Max-Age=0; Secure; SameSite=None; Partitioned");
    }

    @Test
    void prefixBringsWhatItAsksFor() {
        assertThat(CookieSettings.builder().name("__Host-SESSION").build().headerFor(request(false, "/shop"), "x"))
                .isEqualTo("__Host-SESSION=x; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(CookieSettings.builder().name("__Secure-id").build().headerFor(request(false, "/shop"), "x"))
                .isEqualTo("__Secure-id=x; Path=/shop; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void whatBrowsersRefuseIsRefusedAtOnce() {
        CookieSettings.Builder builder = CookieSettings.builder().name("__Host-SESSION");

        refused(CookieSettings.builder().name("__Host-a").path("/shop"), "must have the path /, not /shop");
        refused(CookieSettings.builder().name("__host-a").domain("a.org"), "must have no domain, but has a.org");
        refused(builder.secure(false), "named __Host-SESSION that is not Secure; set secure(true)");
        refused(CookieSettings.builder().sameSite(SameSite.NONE), "of SameSite=None that is not Secure");
        refused(CookieSettings.builder().partitioned(true), "that is Partitioned that is not Secure");
    }

    private static void refused(CookieSettings.Builder builder, String why) {
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a=b", "ä"})
    void namesMustBeTokens(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CookieSettings.builder().name(name))
                .withMessage("not a name for a cookie: \"" + name + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop", "/a;b", "/a\nb"})
    void pathsMustBePaths(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CookieSettings.builder().path(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".example.com", "a b", "a;b", "https://a.org"})
    void domainsMustBeHostNames(String domain) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CookieSettings.builder().domain(domain));
    }

    @Test
    void agesMustBeWholeSeconds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CookieSettings.builder().maxAge(Duration.ofMillis(999)));
    }
}

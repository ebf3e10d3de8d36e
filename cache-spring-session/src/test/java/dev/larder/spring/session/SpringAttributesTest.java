package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.session.AttributeCodec;
import dev.larder.patterns.session.UnreadableAttributeException;
import jakarta.servlet.http.Cookie;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

class SpringAttributesTest {

    private static final AttributeCodec PLAIN = SpringAttributes.serialized(loader(), List.of());

    private static ClassLoader loader() {
        return SpringAttributesTest.class.getClassLoader();
    }

    private static User user() {
        return new User("alice", "secret", AuthorityUtils.createAuthorityList("ROLE_USER", "ROLE_ADMIN"));
    }

    private static UsernamePasswordAuthenticationToken login() {
        UsernamePasswordAuthenticationToken token =
                UsernamePasswordAuthenticationToken.authenticated(user(), null, user().getAuthorities());
        token.setDetails(new WebAuthenticationDetails(new MockHttpServletRequest()));
        return token;
    }

    static Stream<Object> whatSpringPutsIntoSessions() {
        return Stream.of(
                true,
                "text",
                new SecurityContextImpl(login()),
                new SecurityContextImpl(new RememberMeAuthenticationToken("key", user(), user().getAuthorities())),
                new SecurityContextImpl(new AnonymousAuthenticationToken(
                        "key", "anonymous", List.of(new SimpleGrantedAuthority("ROLE_ANONYMOUS")))),
                new SecurityContextImpl(
                        new PreAuthenticatedAuthenticationToken("alice", "N/A", user().getAuthorities())));
    }

    static Stream<Object> plainValues() {
        return Stream.of(
                1L,
                Instant.EPOCH,
                UUID.randomUUID(),
                Locale.GERMANY,
                new ArrayList<>(List.of("a", "b")),
                List.of(1, 2, 3),
                Map.of("a", 1),
                new TreeMap<>(Map.of("a", List.of("b"))),
                new ConcurrentHashMap<>(Map.of("a", 1)),
                new CopyOnWriteArrayList<>(List.of(1)),
                new EnumMap<>(Map.of(TimeUnit.DAYS, 1)),
                new HashMap<>(Map.of("list", new ArrayList<>(List.of(0)))));
    }

    @ParameterizedTest
    @MethodSource({"whatSpringPutsIntoSessions", "plainValues"})
    void valueComesBackAsItWas(Object value) throws Exception {
        assertThat(PLAIN.decode("name", PLAIN.encode("name", value))).isEqualTo(value);
    }

    @Test
    void arraysComeBack() throws Exception {
        assertThat((byte[]) PLAIN.decode("name", PLAIN.encode("name", new byte[] {1, 2})))
                .containsExactly(1, 2);
        assertThat((String[][]) PLAIN.decode("name", PLAIN.encode("name", new String[][] {{"a"}, {"b"}})))
                .isDeepEqualTo(new String[][] {{"a"}, {"b"}});
    }

    @Test
    void tokenAgainstForgeryComesBack() throws Exception {
        DefaultCsrfToken token = new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "secret");

        DefaultCsrfToken back = (DefaultCsrfToken) PLAIN.decode("name", PLAIN.encode("name", token));

        assertThat(back.getToken()).isEqualTo("secret");
    }

    @Test
    void requestThatWaitsForTheLoginComesBack() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/cart");
        request.addHeader("Accept-Language", "de");
        request.addParameter("item", "tea");
        request.setCookies(new Cookie("a", "b"));
        HttpSessionRequestCache requests = new HttpSessionRequestCache();
        requests.saveRequest(request, new MockHttpServletResponse());
        SavedRequest saved = requests.getRequest(request, new MockHttpServletResponse());

        DefaultSavedRequest back = (DefaultSavedRequest) PLAIN.decode("name", PLAIN.encode("name", saved));

        assertThat(back.getRedirectUrl()).isEqualTo(saved.getRedirectUrl());
        assertThat(back.getParameterValues("item")).containsExactly("tea");
    }

    @Test
    void failureOfALoginComesBack() throws Exception {
        BadCredentialsException failure = new BadCredentialsException("no", new IllegalStateException("why"));

        Throwable back = (Throwable) PLAIN.decode("name", PLAIN.encode("name", failure));

        assertThat(back).hasMessage("no").hasRootCauseMessage("why");
    }

    @Test
    void typeThatIsNotAllowedIsRefusedWhenItIsSaved() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.encode("name", new ArrayList<>(List.of(new Cart("tea")))))
                .withMessageContaining(Cart.class.getName())
                .withMessageContaining("larder.session.allowed-types");
    }

    @Test
    void valueThatIsNotSerializableIsRefusedWhenItIsSaved() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.encode("name", List.of(new Object())))
                .withMessage("java.lang.Object is not serializable");
    }

    @ParameterizedTest
    @MethodSource
    void ownTypesAreAllowedByName(String pattern) throws Exception {
        AttributeCodec codec = SpringAttributes.serialized(loader(), List.of(pattern));

        assertThat(codec.decode("name", codec.encode("name", new Cart("tea")))).isEqualTo(new Cart("tea"));
    }

    static Stream<String> ownTypesAreAllowedByName() {
        return Stream.of(Cart.class.getName(), "dev.larder.spring.session.*", "dev.larder.spring.**", "dev.**");
    }

    @ParameterizedTest
    @MethodSource
    void otherNamesDoNotAllowAType(String pattern) {
        AttributeCodec codec = SpringAttributes.serialized(loader(), List.of(pattern));

        assertThatIllegalArgumentException().isThrownBy(() -> codec.encode("name", new Cart("tea")));
    }

    static Stream<String> otherNamesDoNotAllowAType() {
        return Stream.of(
                Cart.class.getName() + "t", "dev.larder.spring.*", "dev.larder.spring.sess.**", "larder.**", "dev");
    }

    @ParameterizedTest
    @MethodSource
    void patternsThatAllowTooMuchAreRefused(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpringAttributes.serialized(loader(), List.of(pattern)))
                .withMessageContaining(pattern);
    }

    static Stream<String> patternsThatAllowTooMuchAreRefused() {
        return Stream.of("*", "**", ".**", "com.*.Cart", "com.acme*", " ");
    }

    /** As one who may write to the cache would do it, the class of the cart is overwritten: to write an object of the other class would initialise that. */
    @ParameterizedTest
    @MethodSource
    void classThatIsNotAllowedIsNotInitialised(Object value) throws Exception {
        String written = new String(serialized(value), StandardCharsets.ISO_8859_1);
        byte[] poison =
                written.replace(Cart.class.getName(), Trap.class.getName()).getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> PLAIN.decode("name", poison))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining(Trap.class.getName())
                .hasMessageContaining("not among the types");

        assertThat(System.getProperty(CANARY)).isNull();
    }

    static Stream<Object> classThatIsNotAllowedIsNotInitialised() {
        Cart cart = new Cart("tea");
        return Stream.of(cart, new HashMap<>(Map.of("key", cart)), List.of(cart), new Cart[] {cart});
    }

    @Test
    void proxiesAreNeitherWrittenNorRead() throws Exception {
        Object proxy = Proxy.newProxyInstance(loader(), new Class<?>[] {Runnable.class}, new Silent());

        assertThatIllegalArgumentException().isThrownBy(() -> PLAIN.encode("name", proxy));
        byte[] poison = serialized(proxy);
        assertThatThrownBy(() -> PLAIN.decode("name", poison)).isInstanceOf(UnreadableAttributeException.class);
    }

    @Test
    void arrayThatClaimsToBeLargeTakesNoMemory() throws Exception {
        byte[] bytes = PLAIN.encode("name", new long[1]);
        // The length stands before the one element.
        bytes[bytes.length - 12] = 0x7F;

        assertThatThrownBy(() -> PLAIN.decode("name", bytes)).isInstanceOf(UnreadableAttributeException.class);
    }

    @Test
    void mapsThatClaimToBeLargeTogetherTakeNoMemory() {
        Object nested = "end";
        for (int i = 0; i < 10; i++) {
            nested = new HashMap<>(Map.of(nested, "value"));
        }
        byte[] bytes = claimingSize(700, PLAIN.encode("name", nested));

        assertThatThrownBy(() -> PLAIN.decode("name", bytes))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("REJECTED");
    }

    /** Changes the number of mappings of maps that have one: behind the mark of eight octets of data and the number of buckets. */
    private static byte[] claimingSize(int size, byte[] bytes) {
        byte[] changed = bytes.clone();
        ByteBuffer buffer = ByteBuffer.wrap(changed);
        for (int at = 0; at + 10 <= changed.length; at++) {
            if (buffer.getShort(at) == 0x7708 && buffer.getInt(at + 6) == 1) {
                buffer.putInt(at + 6, size);
            }
        }
        return changed;
    }

    @Test
    void deepNestingIsUnreadable() throws Exception {
        assertThat(PLAIN.decode("name", PLAIN.encode("name", nestedSets(20)))).isEqualTo(nestedSets(20));

        byte[] deep = serialized(nestedSets(40));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.encode("name", nestedSets(40)))
                .withMessageContaining("too deep");
        assertThatThrownBy(() -> PLAIN.decode("name", deep)).isInstanceOf(UnreadableAttributeException.class);
    }

    private static Object nestedSets(int depth) {
        Object nested = "end";
        for (int i = 0; i < depth; i++) {
            nested = new HashSet<>(List.of(nested));
        }
        return nested;
    }

    /** Each level of which doubles the work: with no limit, this takes a moment, and with ten more levels for ever. */
    @Test
    void setsThatHashEachOtherOverAndOverAreUnreadable() throws Exception {
        Set<Object> top = new HashSet<>();
        Set<Object> one = top;
        Set<Object> other = new HashSet<>();
        for (int i = 0; i < 19; i++) {
            Set<Object> nextOne = new HashSet<>(List.of("the one"));
            Set<Object> nextOther = new HashSet<>();
            one.addAll(List.of(nextOne, nextOther));
            other.addAll(List.of(nextOne, nextOther));
            one = nextOne;
            other = nextOther;
        }
        byte[] bytes = serialized(top);

        assertThatThrownBy(() -> PLAIN.decode("name", bytes))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("hashes would take too long");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.encode("name", top))
                .withMessageContaining("hashes would take too long");
    }

    /** As any of Spring Security's could be: their hashes are made of those of what is in them. */
    @Test
    void loginsThatHashEachOtherOverAndOverAreUnreadable() throws Exception {
        Object last = "end";
        for (int i = 0; i < 13; i++) {
            UsernamePasswordAuthenticationToken token = new UsernamePasswordAuthenticationToken(last, last);
            token.setDetails(last);
            last = token;
        }
        byte[] bytes = serialized(new HashSet<>(List.of(last)));

        assertThatThrownBy(() -> PLAIN.decode("name", bytes))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("hashes would take too long");
    }

    @Test
    void tooManyObjectsAreUnreadable() throws Exception {
        List<Integer> numbers = IntStream.range(0, 100_001).boxed().collect(Collectors.toCollection(ArrayList::new));
        byte[] many = serialized(numbers);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.encode("name", numbers))
                .withMessageContaining("100000 objects");
        assertThatThrownBy(() -> PLAIN.decode("name", many)).isInstanceOf(UnreadableAttributeException.class);
    }

    @Test
    void filterOfTheJvmIsAskedToo() throws Exception {
        assertThat(ObjectInputFilter.Config.getSerialFilter())
                .as("of another test")
                .isNull();
        ObjectInputFilter.Config.setSerialFilter(
                ObjectInputFilter.Config.createFilter("!" + RefusedByTheJvm.class.getName()));
        AttributeCodec codec = SpringAttributes.serialized(loader(), List.of("dev.larder.**"));

        assertThat(codec.decode("name", codec.encode("name", new Cart("tea")))).isEqualTo(new Cart("tea"));
        byte[] refused = codec.encode("name", new RefusedByTheJvm());
        assertThatThrownBy(() -> codec.decode("name", refused)).isInstanceOf(UnreadableAttributeException.class);
    }

    @Test
    void damagedBytesAreUnreadable() {
        byte[] bytes = PLAIN.encode("name", new SecurityContextImpl(login()));

        for (int length = 0; length < bytes.length; length += 7) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> PLAIN.decode("name", cut)).isInstanceOf(UnreadableAttributeException.class);
        }
    }

    private static byte[] serialized(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(value);
        }
        return bytes.toByteArray();
    }

    record RefusedByTheJvm() implements Serializable {}

    record Cart(String item) implements Serializable {}

    /** The system property that is set once {@link Trap} was initialised. */
    private static final String CANARY = "larder.spring.canary";

    /** Acts when it is initialised. Its name is as long as that of {@link Cart}. */
    static final class Trap implements Serializable {
        static {
            System.setProperty(CANARY, "dead");
        }
    }

    static final class Silent implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return null;
        }
    }
}

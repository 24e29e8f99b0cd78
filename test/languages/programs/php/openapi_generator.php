<?php
// The client of openapi-generator's `php`, used as a bot would.
require 'GuzzleHttp/autoload.php';

use OpenAPI\Client\Api\MembersApi;
use OpenAPI\Client\Api\SwitchesApi;
use OpenAPI\Client\Api\SystemsApi;
use OpenAPI\Client\ApiException;
use OpenAPI\Client\Configuration;
use OpenAPI\Client\Model\MemberCreate;
use OpenAPI\Client\Model\MemberGuildSettingsNotFound;
use OpenAPI\Client\Model\MemberNotFound;
use OpenAPI\Client\Model\MemberPatch;
use OpenAPI\Client\Model\MemberPrivacyPatch;
use OpenAPI\Client\Model\Privacy;
use OpenAPI\Client\Model\PrivacyPatch;
use OpenAPI\Client\Model\ProxyTagPatch;
use OpenAPI\Client\Model\SwitchCreate;

spl_autoload_register(function (string $name): void {
    if (str_starts_with($name, 'OpenAPI\\Client\\')) {
        require 'lib/' . str_replace('\\', '/', substr($name, strlen('OpenAPI\\Client\\'))) . '.php';
    }
});

function check(bool $condition, string $message): void
{
    if (!$condition) {
        throw new RuntimeException($message);
    }
}

$configuration = (new Configuration())
    ->setHost(getenv('PLURALKIT_URL'))
    ->setApiKey('Authorization', getenv('PLURALKIT_TOKEN'))
    ->setUserAgent('languages/1.0 (me@example.com)');
$http = new GuzzleHttp\Client();
$systems = new SystemsApi($http, $configuration);
$members = new MembersApi($http, $configuration);
$switches = new SwitchesApi($http, $configuration);

check($systems->getSystem('@me')->getId() === 'harbor', 'the system');
check($systems->getSystem('nooks')->getPrivacy() === null, 'the privacy of others');
check(count($members->listMembers('@me')) >= 5, 'the members');

$tags = [new ProxyTagPatch(['prefix' => 'j:'])];
$created = $members->createMember(new MemberCreate(['name' => 'Juniper', 'proxy_tags' => $tags]));
$update = fn (array $fields) => $members->updateMember($created->getId(), new MemberPatch($fields));
$changed = $update(['pronouns' => 'they/them']);
check($changed->getPronouns() === 'they/them', 'the pronouns');
check(count($changed->getProxyTags()) === 1, 'the proxy tags were lost');
$update(['privacy' => new MemberPrivacyPatch(['visibility' => PrivacyPatch::PRIVACY_PATCH_PRIVATE])]);
$cleared = $update(['pronouns' => null]);
check($cleared->getPronouns() === null, 'the cleared pronouns');
check($cleared->getPrivacy()->getVisibility() === Privacy::_PRIVATE, 'the privacy was lost');

// One status, two kinds of errors: the client takes each for one of both, and rejects the other.
foreach ([$created->getId() => ApiException::class, 'zzzzz' => InvalidArgumentException::class] as $reference => $kind) {
    try {
        $members->getMemberGuildSettings($reference, '920000000000000009');
        check(false, 'the settings should not be found');
    } catch (ApiException | InvalidArgumentException $error) {
        check($error instanceof $kind, 'the class of the exception');
    }
}

$logged = $switches->createSwitch('@me', new SwitchCreate(['members' => [$created->getId()]]));
$switches->deleteSwitch('@me', $logged->getId());
$members->deleteMember($created->getId());

try {
    $members->getMember('zzzzz');
    check(false, 'the member should not be found');
} catch (ApiException $error) {
    check($error->getCode() === 404, 'the status');
    check($error->getResponseObject() instanceof MemberNotFound, 'the type of the error');
}
// A 204 has no body: the client reports that it cannot be parsed.
try {
    $switches->getFronters('nooks');
    check(false, 'nobody should be fronting');
} catch (ApiException $error) {
    check($error->getCode() === 204, 'the fronters');
}
echo "ok\n";

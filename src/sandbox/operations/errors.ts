/** One problem of one field, as in `errors`. */
export interface FieldError {
  readonly message: string;
  readonly actual_length?: number;
  readonly max_length?: number;
}

export type FieldErrors = Readonly<Record<string, readonly FieldError[]>>;

/** A response that is an error; thrown anywhere within an operation. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: number;
  readonly errors: FieldErrors | undefined;

  constructor(status: number, code: number, message: string, errors?: FieldErrors) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  toJSON(): object {
    const { message, code, errors } = this;
    return errors === undefined ? { message, code } : { message, code, errors };
  }
}

type ErrorFactory<Arguments extends readonly unknown[] = []> = (...values: Arguments) => ApiError;

function fixed(status: number, code: number, message: string): ErrorFactory {
  return () => new ApiError(status, code, message);
}

function naming(
  status: number,
  code: number,
  message: (reference: string) => string,
): ErrorFactory<[string]> {
  return (reference) => new ApiError(status, code, message(reference));
}

export const badRequest = fixed(400, 0, '400: Bad Request');
export const unauthorized = fixed(401, 0, '401: Missing or invalid Authorization header');
export const forbidden = fixed(403, 0, '403: Missing permissions to access this resource');
export const internalServerError = fixed(500, 0, '500: internal server error');
export const systemNotFound = fixed(404, 20001, 'System not found.');
export const memberNotFound = fixed(404, 20002, 'Member not found.');
export const memberNotFoundByReference = naming(
  404,
  20003,
  (reference) => `Member '${reference}' not found.`,
);
export const groupNotFound = fixed(404, 20004, 'Group not found.');
export const groupNotFoundByReference = naming(404, 20005, (reference) => `Group '${reference}' not found.`);
export const messageNotFound = fixed(404, 20006, 'Message not found.');
export const switchNotFound = fixed(404, 20007, 'Switch not found.');
export const switchNotVisible = fixed(
  404,
  20008,
  'Switch not found, switch associated with different system, or unauthorized to view front history.',
);
export const systemGuildSettingsNotFound = fixed(
  404,
  20009,
  'No system guild settings found for target guild.',
);
export const memberGuildSettingsNotFound = fixed(
  404,
  20010,
  'No member guild settings found for target guild.',
);
export const memberListPrivate = fixed(403, 30001, 'Unauthorized to view member list');
export const groupListPrivate = fixed(403, 30002, 'Unauthorized to view group list');
export const groupMembersPrivate = fixed(403, 30003, 'Unauthorized to view group member list');
export const frontersPrivate = fixed(403, 30004, 'Unauthorized to view current fronters.');
export const frontHistoryPrivate = fixed(403, 30005, 'Unauthorized to view front history.');
export const notOwnMember = fixed(403, 30006, 'Target member is not part of your system.');
export const notOwnGroup = fixed(403, 30007, 'Target group is not part of your system.');
export const notOwnMemberByReference = naming(
  403,
  30008,
  (reference) => `Member '${reference}' is not part of your system.`,
);
export const duplicateSwitchMembers = fixed(400, 40003, 'Duplicate members in member list.');
export const sameSwitchMembers = fixed(400, 40004, 'Member list identical to current fronter list.');
export const sameSwitchTimestamp = fixed(400, 40005, 'Switch with provided timestamp already exists.');
export const payloadTooLarge = fixed(413, 0, '413: Payload Too Large');
export const invalidSwitchId = fixed(400, 40006, 'Invalid switch ID.');
export const memberLimitReached = fixed(400, 40007, 'Member limit reached.');
export const groupLimitReached = fixed(400, 40008, 'Group limit reached.');
export const unimplemented = fixed(501, 50001, 'Unimplemented');

export function modelParseError(errors: FieldErrors): ApiError {
  return new ApiError(400, 40001, 'Error parsing JSON model', errors);
}

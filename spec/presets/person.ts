/** The attributes of a person that most exports of customers give. */
export const person = {
  email: 'email',
  phone: 'phone',
  first_name: 'string',
  last_name: 'string',
} as const;
